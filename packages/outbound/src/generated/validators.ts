// Generated from spec/ (hash 676d731764eb3ad4) by `pnpm generate`. Do not edit.
// @ts-nocheck The code is AJV's.
/* oxlint-disable */
"use strict";
export const validateCreateAutoCalloutTask = validate20;
const schema31 = {"$id":"CreateAutoCalloutTaskRequest","type":"object","required":["SdkAppId","NotBefore","Callees","Callers"],"properties":{"SdkAppId":{"type":"integer","range":{"min":0,"max":9007199254740991}},"NotBefore":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"Callees":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"Callers":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"IvrId":{"type":"integer","range":{"min":0,"max":9007199254740991}},"Name":{"type":"string"},"Description":{"type":"string"},"NotAfter":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"Tries":{"type":"integer","range":{"min":1,"max":3,"unit":"attempts"}},"Variables":{"type":"array","items":{"$ref":"Variable"}},"UUI":{"type":"string"},"CalleeAttributes":{"type":"array","items":{"$ref":"CalleeAttribute"}},"TimeZone":{"type":"string"},"AvailableTime":{"type":"array","items":{"$ref":"TimeRange"}},"AIAgentId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"RetryInterval":{"type":"integer","range":{"min":600,"max":86400,"unit":"seconds"}},"MaxRingTimeoutSecond":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991,"unit":"seconds"}}},"closed":{"known":["SdkAppId","NotBefore","Callees","Callers","IvrId","Name","Description","NotAfter","Tries","Variables","UUI","CalleeAttributes","TimeZone","AvailableTime","AIAgentId","RetryInterval","MaxRingTimeoutSecond"],"newer":["RetryHangupTypes","RetryTags","AvailableWorkTimeConfig","TriggerStrategy","ConcurrencyLimit"]},"ordered":[["NotBefore","NotAfter"]],"atLeastOne":["IvrId","AIAgentId"]};
const schema32 = {"$id":"Variable","type":"object","required":["Key","Value"],"properties":{"Key":{"type":"string","nonEmpty":true},"Value":{"type":"string"}},"closed":{"known":["Key","Value"],"newer":[]}};
const schema35 = {"$id":"TimeRange","type":"object","properties":{"StartTime":{"type":"string","matches":{"pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$","hint":"a 24-hour time HH:mm:ss"}},"EndTime":{"type":"string","matches":{"pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$","hint":"a 24-hour time HH:mm:ss"}}},"closed":{"known":["StartTime","EndTime"],"newer":[]}};
const schema33 = {"$id":"CalleeAttribute","type":"object","required":["Callee"],"properties":{"Callee":{"type":"string","nonEmpty":true},"UUI":{"type":"string"},"Variables":{"type":"array","items":{"$ref":"Variable"}}},"closed":{"known":["Callee","UUI","Variables"],"newer":[]}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="CalleeAttribute" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.Callee === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Callee"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.Callee !== undefined){
let data0 = data.Callee;
if(typeof data0 === "string"){
if(data0.length === 0){
const err1 = {instancePath:instancePath+"/Callee",schemaPath:"#/properties/Callee/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
else {
const err2 = {instancePath:instancePath+"/Callee",schemaPath:"#/properties/Callee/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.UUI !== undefined){
if(typeof data.UUI !== "string"){
const err3 = {instancePath:instancePath+"/UUI",schemaPath:"#/properties/UUI/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.Variables !== undefined){
let data2 = data.Variables;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.Key === undefined){
const err4 = {instancePath:instancePath+"/Variables/" + i0,schemaPath:"Variable/required",keyword:"required",params:{missingProperty: "Key"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data3.Value === undefined){
const err5 = {instancePath:instancePath+"/Variables/" + i0,schemaPath:"Variable/required",keyword:"required",params:{missingProperty: "Value"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data3.Key !== undefined){
let data4 = data3.Key;
if(typeof data4 === "string"){
if(data4.length === 0){
const err6 = {instancePath:instancePath+"/Variables/" + i0+"/Key",schemaPath:"Variable/properties/Key/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/Variables/" + i0+"/Key",schemaPath:"Variable/properties/Key/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data3.Value !== undefined){
if(typeof data3.Value !== "string"){
const err8 = {instancePath:instancePath+"/Variables/" + i0+"/Value",schemaPath:"Variable/properties/Value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
for(const key0 in data3){
if(!((key0 === "Key") || (key0 === "Value"))){
const err9 = {instancePath:instancePath+"/Variables/" + i0,schemaPath:"Variable/closed",keyword:"closed",params:{name: key0, known: ["Key","Value"], newer: []}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/Variables/" + i0,schemaPath:"Variable/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/Variables",schemaPath:"#/properties/Variables/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
for(const key1 in data){
if(!(((key1 === "Callee") || (key1 === "UUI")) || (key1 === "Variables"))){
const err12 = {instancePath,schemaPath:"#/closed",keyword:"closed",params:{name: key1, known: ["Callee","UUI","Variables"], newer: []}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":{"Callee":true,"UUI":true,"Variables":true},"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="CreateAutoCalloutTaskRequest" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.SdkAppId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "SdkAppId"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.NotBefore === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "NotBefore"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.Callees === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Callees"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.Callers === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Callers"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.SdkAppId !== undefined){
let data0 = data.SdkAppId;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err4 = {instancePath:instancePath+"/SdkAppId",schemaPath:"#/properties/SdkAppId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if((data0 < 0) || (data0 > 9007199254740991)){
const err5 = {instancePath:instancePath+"/SdkAppId",schemaPath:"#/properties/SdkAppId/range",keyword:"range",params:{"min":0,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
}
if(data.NotBefore !== undefined){
let data1 = data.NotBefore;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err6 = {instancePath:instancePath+"/NotBefore",schemaPath:"#/properties/NotBefore/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if((data1 < 0) || (data1 > 9999999999)){
const err7 = {instancePath:instancePath+"/NotBefore",schemaPath:"#/properties/NotBefore/range",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
}
if(data.Callees !== undefined){
let data2 = data.Callees;
if(Array.isArray(data2)){
if(data2.length < 1){
const err8 = {instancePath:instancePath+"/Callees",schemaPath:"#/properties/Callees/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length === 0){
const err9 = {instancePath:instancePath+"/Callees/" + i0,schemaPath:"#/properties/Callees/items/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/Callees/" + i0,schemaPath:"#/properties/Callees/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/Callees",schemaPath:"#/properties/Callees/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.Callers !== undefined){
let data4 = data.Callers;
if(Array.isArray(data4)){
if(data4.length < 1){
const err12 = {instancePath:instancePath+"/Callers",schemaPath:"#/properties/Callers/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(data5.length === 0){
const err13 = {instancePath:instancePath+"/Callers/" + i1,schemaPath:"#/properties/Callers/items/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/Callers/" + i1,schemaPath:"#/properties/Callers/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/Callers",schemaPath:"#/properties/Callers/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.IvrId !== undefined){
let data6 = data.IvrId;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err16 = {instancePath:instancePath+"/IvrId",schemaPath:"#/properties/IvrId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if((data6 < 0) || (data6 > 9007199254740991)){
const err17 = {instancePath:instancePath+"/IvrId",schemaPath:"#/properties/IvrId/range",keyword:"range",params:{"min":0,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
if(data.Name !== undefined){
if(typeof data.Name !== "string"){
const err18 = {instancePath:instancePath+"/Name",schemaPath:"#/properties/Name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.Description !== undefined){
if(typeof data.Description !== "string"){
const err19 = {instancePath:instancePath+"/Description",schemaPath:"#/properties/Description/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.NotAfter !== undefined){
let data9 = data.NotAfter;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err20 = {instancePath:instancePath+"/NotAfter",schemaPath:"#/properties/NotAfter/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if((data9 < 0) || (data9 > 9999999999)){
const err21 = {instancePath:instancePath+"/NotAfter",schemaPath:"#/properties/NotAfter/range",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
if(data.Tries !== undefined){
let data10 = data.Tries;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err22 = {instancePath:instancePath+"/Tries",schemaPath:"#/properties/Tries/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if((data10 < 1) || (data10 > 3)){
const err23 = {instancePath:instancePath+"/Tries",schemaPath:"#/properties/Tries/range",keyword:"range",params:{"min":1,"max":3,"unit":"attempts"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
if(data.Variables !== undefined){
let data11 = data.Variables;
if(Array.isArray(data11)){
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
let data12 = data11[i2];
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(data12.Key === undefined){
const err24 = {instancePath:instancePath+"/Variables/" + i2,schemaPath:"Variable/required",keyword:"required",params:{missingProperty: "Key"}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
if(data12.Value === undefined){
const err25 = {instancePath:instancePath+"/Variables/" + i2,schemaPath:"Variable/required",keyword:"required",params:{missingProperty: "Value"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data12.Key !== undefined){
let data13 = data12.Key;
if(typeof data13 === "string"){
if(data13.length === 0){
const err26 = {instancePath:instancePath+"/Variables/" + i2+"/Key",schemaPath:"Variable/properties/Key/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/Variables/" + i2+"/Key",schemaPath:"Variable/properties/Key/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data12.Value !== undefined){
if(typeof data12.Value !== "string"){
const err28 = {instancePath:instancePath+"/Variables/" + i2+"/Value",schemaPath:"Variable/properties/Value/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
for(const key0 in data12){
if(!((key0 === "Key") || (key0 === "Value"))){
const err29 = {instancePath:instancePath+"/Variables/" + i2,schemaPath:"Variable/closed",keyword:"closed",params:{name: key0, known: ["Key","Value"], newer: []}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/Variables/" + i2,schemaPath:"Variable/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/Variables",schemaPath:"#/properties/Variables/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
if(data.UUI !== undefined){
if(typeof data.UUI !== "string"){
const err32 = {instancePath:instancePath+"/UUI",schemaPath:"#/properties/UUI/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.CalleeAttributes !== undefined){
let data16 = data.CalleeAttributes;
if(Array.isArray(data16)){
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
if(!(validate21(data16[i3], {instancePath:instancePath+"/CalleeAttributes/" + i3,parentData:data16,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err33 = {instancePath:instancePath+"/CalleeAttributes",schemaPath:"#/properties/CalleeAttributes/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.TimeZone !== undefined){
if(typeof data.TimeZone !== "string"){
const err34 = {instancePath:instancePath+"/TimeZone",schemaPath:"#/properties/TimeZone/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.AvailableTime !== undefined){
let data19 = data.AvailableTime;
if(Array.isArray(data19)){
const len4 = data19.length;
for(let i4=0; i4<len4; i4++){
let data20 = data19[i4];
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(data20.StartTime !== undefined){
let data21 = data20.StartTime;
if(typeof data21 === "string"){
if(!pattern4.test(data21)){
const err35 = {instancePath:instancePath+"/AvailableTime/" + i4+"/StartTime",schemaPath:"TimeRange/properties/StartTime/matches",keyword:"matches",params:{hint: "a 24-hour time HH:mm:ss"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/AvailableTime/" + i4+"/StartTime",schemaPath:"TimeRange/properties/StartTime/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data20.EndTime !== undefined){
let data22 = data20.EndTime;
if(typeof data22 === "string"){
if(!pattern4.test(data22)){
const err37 = {instancePath:instancePath+"/AvailableTime/" + i4+"/EndTime",schemaPath:"TimeRange/properties/EndTime/matches",keyword:"matches",params:{hint: "a 24-hour time HH:mm:ss"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/AvailableTime/" + i4+"/EndTime",schemaPath:"TimeRange/properties/EndTime/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
for(const key1 in data20){
if(!((key1 === "StartTime") || (key1 === "EndTime"))){
const err39 = {instancePath:instancePath+"/AvailableTime/" + i4,schemaPath:"TimeRange/closed",keyword:"closed",params:{name: key1, known: ["StartTime","EndTime"], newer: []}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/AvailableTime/" + i4,schemaPath:"TimeRange/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/AvailableTime",schemaPath:"#/properties/AvailableTime/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.AIAgentId !== undefined){
let data23 = data.AIAgentId;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err42 = {instancePath:instancePath+"/AIAgentId",schemaPath:"#/properties/AIAgentId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if((data23 < -9007199254740991) || (data23 > 9007199254740991)){
const err43 = {instancePath:instancePath+"/AIAgentId",schemaPath:"#/properties/AIAgentId/range",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
if(data.RetryInterval !== undefined){
let data24 = data.RetryInterval;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
const err44 = {instancePath:instancePath+"/RetryInterval",schemaPath:"#/properties/RetryInterval/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if((data24 < 600) || (data24 > 86400)){
const err45 = {instancePath:instancePath+"/RetryInterval",schemaPath:"#/properties/RetryInterval/range",keyword:"range",params:{"min":600,"max":86400,"unit":"seconds"}};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
if(data.MaxRingTimeoutSecond !== undefined){
let data25 = data.MaxRingTimeoutSecond;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err46 = {instancePath:instancePath+"/MaxRingTimeoutSecond",schemaPath:"#/properties/MaxRingTimeoutSecond/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if((data25 < -9007199254740991) || (data25 > 9007199254740991)){
const err47 = {instancePath:instancePath+"/MaxRingTimeoutSecond",schemaPath:"#/properties/MaxRingTimeoutSecond/range",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991,"unit":"seconds"}};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
for(const key2 in data){
if(!(((((((((((((((((key2 === "SdkAppId") || (key2 === "NotBefore")) || (key2 === "Callees")) || (key2 === "Callers")) || (key2 === "IvrId")) || (key2 === "Name")) || (key2 === "Description")) || (key2 === "NotAfter")) || (key2 === "Tries")) || (key2 === "Variables")) || (key2 === "UUI")) || (key2 === "CalleeAttributes")) || (key2 === "TimeZone")) || (key2 === "AvailableTime")) || (key2 === "AIAgentId")) || (key2 === "RetryInterval")) || (key2 === "MaxRingTimeoutSecond"))){
const err48 = {instancePath,schemaPath:"#/closed",keyword:"closed",params:{name: key2, known: ["SdkAppId","NotBefore","Callees","Callers","IvrId","Name","Description","NotAfter","Tries","Variables","UUI","CalleeAttributes","TimeZone","AvailableTime","AIAgentId","RetryInterval","MaxRingTimeoutSecond"], newer: ["RetryHangupTypes","RetryTags","AvailableWorkTimeConfig","TriggerStrategy","ConcurrencyLimit"]}};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data["IvrId"] === undefined && data["AIAgentId"] === undefined){
const err49 = {instancePath,schemaPath:"#/atLeastOne",keyword:"atLeastOne",params:{names: ["IvrId","AIAgentId"]}};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(typeof data["NotBefore"] == "number" && typeof data["NotAfter"] == "number" && data["NotBefore"] >= data["NotAfter"]){
const err50 = {instancePath,schemaPath:"#/ordered",keyword:"ordered",params:{before: "NotBefore", after: "NotAfter"}};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
else {
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":{"SdkAppId":true,"NotBefore":true,"Callees":true,"Callers":true,"IvrId":true,"Name":true,"Description":true,"NotAfter":true,"Tries":true,"Variables":true,"UUI":true,"CalleeAttributes":true,"TimeZone":true,"AvailableTime":true,"AIAgentId":true,"RetryInterval":true,"MaxRingTimeoutSecond":true},"dynamicProps":false,"dynamicItems":false};

export const validateCreatePredictiveDialingCampaign = validate23;
const schema36 = {"$id":"CreatePredictiveDialingCampaignRequest","type":"object","required":["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime"],"properties":{"SdkAppId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"Name":{"type":"string","nonEmpty":true},"Callees":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"Callers":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"CallOrder":{"type":"integer","enum":[0,1]},"SkillGroupId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"Priority":{"type":"integer","range":{"min":1,"max":5}},"ExpectedAbandonRate":{"type":"integer","range":{"min":5,"max":50,"unit":"percent"}},"RetryInterval":{"type":"integer","range":{"min":60,"max":86400,"unit":"seconds"}},"StartTime":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"EndTime":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"IVRId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"RetryTimes":{"type":"integer","range":{"min":0,"max":2,"unit":"attempts"}}},"closed":{"known":["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes"],"newer":["Variables","UUI","CalleeAttributes","TimeZone","AvailableTime"]},"ordered":[["StartTime","EndTime"]]};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="CreatePredictiveDialingCampaignRequest" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate23.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.SdkAppId === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "SdkAppId"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.Name === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Name"}};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.Callees === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Callees"}};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.Callers === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Callers"}};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.CallOrder === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "CallOrder"}};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.SkillGroupId === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "SkillGroupId"}};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.Priority === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "Priority"}};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.ExpectedAbandonRate === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "ExpectedAbandonRate"}};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
if(data.RetryInterval === undefined){
const err8 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "RetryInterval"}};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
if(data.StartTime === undefined){
const err9 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "StartTime"}};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
if(data.EndTime === undefined){
const err10 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "EndTime"}};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
if(data.SdkAppId !== undefined){
let data0 = data.SdkAppId;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err11 = {instancePath:instancePath+"/SdkAppId",schemaPath:"#/properties/SdkAppId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if((data0 < -9007199254740991) || (data0 > 9007199254740991)){
const err12 = {instancePath:instancePath+"/SdkAppId",schemaPath:"#/properties/SdkAppId/range",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
if(data.Name !== undefined){
let data1 = data.Name;
if(typeof data1 === "string"){
if(data1.length === 0){
const err13 = {instancePath:instancePath+"/Name",schemaPath:"#/properties/Name/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/Name",schemaPath:"#/properties/Name/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.Callees !== undefined){
let data2 = data.Callees;
if(Array.isArray(data2)){
if(data2.length < 1){
const err15 = {instancePath:instancePath+"/Callees",schemaPath:"#/properties/Callees/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length === 0){
const err16 = {instancePath:instancePath+"/Callees/" + i0,schemaPath:"#/properties/Callees/items/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/Callees/" + i0,schemaPath:"#/properties/Callees/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/Callees",schemaPath:"#/properties/Callees/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.Callers !== undefined){
let data4 = data.Callers;
if(Array.isArray(data4)){
if(data4.length < 1){
const err19 = {instancePath:instancePath+"/Callers",schemaPath:"#/properties/Callers/minItems",keyword:"minItems",params:{limit: 1}};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(data5.length === 0){
const err20 = {instancePath:instancePath+"/Callers/" + i1,schemaPath:"#/properties/Callers/items/nonEmpty",keyword:"nonEmpty",params:{}};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/Callers/" + i1,schemaPath:"#/properties/Callers/items/type",keyword:"type",params:{type: "string"}};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/Callers",schemaPath:"#/properties/Callers/type",keyword:"type",params:{type: "array"}};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.CallOrder !== undefined){
let data6 = data.CallOrder;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err23 = {instancePath:instancePath+"/CallOrder",schemaPath:"#/properties/CallOrder/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(!((data6 === 0) || (data6 === 1))){
const err24 = {instancePath:instancePath+"/CallOrder",schemaPath:"#/properties/CallOrder/enum",keyword:"enum",params:{allowedValues: schema36.properties.CallOrder.enum}};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.SkillGroupId !== undefined){
let data7 = data.SkillGroupId;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
const err25 = {instancePath:instancePath+"/SkillGroupId",schemaPath:"#/properties/SkillGroupId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if((data7 < -9007199254740991) || (data7 > 9007199254740991)){
const err26 = {instancePath:instancePath+"/SkillGroupId",schemaPath:"#/properties/SkillGroupId/range",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
}
if(data.Priority !== undefined){
let data8 = data.Priority;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
const err27 = {instancePath:instancePath+"/Priority",schemaPath:"#/properties/Priority/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if((data8 < 1) || (data8 > 5)){
const err28 = {instancePath:instancePath+"/Priority",schemaPath:"#/properties/Priority/range",keyword:"range",params:{"min":1,"max":5}};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
if(data.ExpectedAbandonRate !== undefined){
let data9 = data.ExpectedAbandonRate;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err29 = {instancePath:instancePath+"/ExpectedAbandonRate",schemaPath:"#/properties/ExpectedAbandonRate/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if((data9 < 5) || (data9 > 50)){
const err30 = {instancePath:instancePath+"/ExpectedAbandonRate",schemaPath:"#/properties/ExpectedAbandonRate/range",keyword:"range",params:{"min":5,"max":50,"unit":"percent"}};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
if(data.RetryInterval !== undefined){
let data10 = data.RetryInterval;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err31 = {instancePath:instancePath+"/RetryInterval",schemaPath:"#/properties/RetryInterval/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if((data10 < 60) || (data10 > 86400)){
const err32 = {instancePath:instancePath+"/RetryInterval",schemaPath:"#/properties/RetryInterval/range",keyword:"range",params:{"min":60,"max":86400,"unit":"seconds"}};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
if(data.StartTime !== undefined){
let data11 = data.StartTime;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
const err33 = {instancePath:instancePath+"/StartTime",schemaPath:"#/properties/StartTime/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if((data11 < 0) || (data11 > 9999999999)){
const err34 = {instancePath:instancePath+"/StartTime",schemaPath:"#/properties/StartTime/range",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
}
if(data.EndTime !== undefined){
let data12 = data.EndTime;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err35 = {instancePath:instancePath+"/EndTime",schemaPath:"#/properties/EndTime/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if((data12 < 0) || (data12 > 9999999999)){
const err36 = {instancePath:instancePath+"/EndTime",schemaPath:"#/properties/EndTime/range",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
if(data.IVRId !== undefined){
let data13 = data.IVRId;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
const err37 = {instancePath:instancePath+"/IVRId",schemaPath:"#/properties/IVRId/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if((data13 < -9007199254740991) || (data13 > 9007199254740991)){
const err38 = {instancePath:instancePath+"/IVRId",schemaPath:"#/properties/IVRId/range",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
if(data.RetryTimes !== undefined){
let data14 = data.RetryTimes;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
const err39 = {instancePath:instancePath+"/RetryTimes",schemaPath:"#/properties/RetryTimes/type",keyword:"type",params:{type: "integer"}};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if((data14 < 0) || (data14 > 2)){
const err40 = {instancePath:instancePath+"/RetryTimes",schemaPath:"#/properties/RetryTimes/range",keyword:"range",params:{"min":0,"max":2,"unit":"attempts"}};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
for(const key0 in data){
if(!(((((((((((((key0 === "SdkAppId") || (key0 === "Name")) || (key0 === "Callees")) || (key0 === "Callers")) || (key0 === "CallOrder")) || (key0 === "SkillGroupId")) || (key0 === "Priority")) || (key0 === "ExpectedAbandonRate")) || (key0 === "RetryInterval")) || (key0 === "StartTime")) || (key0 === "EndTime")) || (key0 === "IVRId")) || (key0 === "RetryTimes"))){
const err41 = {instancePath,schemaPath:"#/closed",keyword:"closed",params:{name: key0, known: ["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes"], newer: ["Variables","UUI","CalleeAttributes","TimeZone","AvailableTime"]}};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(typeof data["StartTime"] == "number" && typeof data["EndTime"] == "number" && data["StartTime"] >= data["EndTime"]){
const err42 = {instancePath,schemaPath:"#/ordered",keyword:"ordered",params:{before: "StartTime", after: "EndTime"}};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"}};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":{"SdkAppId":true,"Name":true,"Callees":true,"Callers":true,"CallOrder":true,"SkillGroupId":true,"Priority":true,"ExpectedAbandonRate":true,"RetryInterval":true,"StartTime":true,"EndTime":true,"IVRId":true,"RetryTimes":true},"dynamicProps":false,"dynamicItems":false};


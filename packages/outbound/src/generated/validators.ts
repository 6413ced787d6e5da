// Generated from spec/ (hash f372a61d10eac8b3) by `pnpm generate`. Do not edit.
// @ts-nocheck The code is AJV's.
/* oxlint-disable */
"use strict";
export const validateCreateAutoCalloutTask = validate20;
const schema31 = {"$id":"CreateAutoCalloutTaskRequest","type":"object","required":["SdkAppId","NotBefore","Callees","Callers"],"properties":{"SdkAppId":{"type":"integer","range":{"min":0,"max":9007199254740991}},"NotBefore":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"Callees":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"Callers":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"IvrId":{"type":"integer","range":{"min":0,"max":9007199254740991}},"Name":{"type":"string"},"Description":{"type":"string"},"NotAfter":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"Tries":{"type":"integer","range":{"min":1,"max":3,"unit":"attempts"}},"Variables":{"type":"array","items":{"$ref":"Variable"}},"UUI":{"type":"string"},"CalleeAttributes":{"type":"array","items":{"$ref":"CalleeAttribute"}},"TimeZone":{"type":"string"},"AvailableTime":{"type":"array","items":{"$ref":"TimeRange"}},"AIAgentId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"RetryInterval":{"type":"integer","range":{"min":600,"max":86400,"unit":"seconds"}},"MaxRingTimeoutSecond":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991,"unit":"seconds"}}},"closed":{"known":["SdkAppId","NotBefore","Callees","Callers","IvrId","Name","Description","NotAfter","Tries","Variables","UUI","CalleeAttributes","TimeZone","AvailableTime","AIAgentId","RetryInterval","MaxRingTimeoutSecond"],"newer":["RetryHangupTypes","RetryTags","AvailableWorkTimeConfig","TriggerStrategy","ConcurrencyLimit"]},"ordered":[["NotBefore","NotAfter"]],"atLeastOne":["IvrId","AIAgentId"]};
const schema32 = {"$id":"Variable","type":"object","required":["Key","Value"],"properties":{"Key":{"type":"string","nonEmpty":true},"Value":{"type":"string"}},"closed":{"known":["Key","Value"],"newer":[]}};
const schema35 = {"$id":"TimeRange","type":"object","properties":{"StartTime":{"type":"string","matches":{"pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$","hint":"a 24-hour time HH:mm:ss"}},"EndTime":{"type":"string","matches":{"pattern":"^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$","hint":"a 24-hour time HH:mm:ss"}}},"closed":{"known":["StartTime","EndTime"],"newer":[]}};
const schema33 = {"$id":"CalleeAttribute","type":"object","required":["Callee"],"properties":{"Callee":{"type":"string","nonEmpty":true},"UUI":{"type":"string"},"Variables":{"type":"array","items":{"$ref":"Variable"}}},"closed":{"known":["Callee","UUI","Variables"],"newer":[]}};

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
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
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Callee"}});errors++;
}
if(data.Callee !== undefined){
let data0 = data.Callee;
if(typeof data0 === "string"){
if(data0.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Callee",keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callee",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data.UUI !== undefined){
if(typeof data.UUI !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/UUI",keyword:"type",params:{type: "string"}});errors++;
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
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0,keyword:"required",params:{missingProperty: "Key"}});errors++;
}
if(data3.Value === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0,keyword:"required",params:{missingProperty: "Value"}});errors++;
}
if(data3.Key !== undefined){
let data4 = data3.Key;
if(typeof data4 === "string"){
if(data4.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0+"/Key",keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0+"/Key",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data3.Value !== undefined){
if(typeof data3.Value !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0+"/Value",keyword:"type",params:{type: "string"}});errors++;
}
}
for(const key0 in data3){
if(!((key0 === "Key") || (key0 === "Value"))){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0,keyword:"closed",params:{name: key0, known: ["Key","Value"], newer: []}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i0,keyword:"type",params:{type: "object"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables",keyword:"type",params:{type: "array"}});errors++;
}
}
for(const key1 in data){
if(!(((key1 === "Callee") || (key1 === "UUI")) || (key1 === "Variables"))){
(vErrors ??= []).push({instancePath,keyword:"closed",params:{name: key1, known: ["Callee","UUI","Variables"], newer: []}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"props":{"Callee":true,"UUI":true,"Variables":true},"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d$", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
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
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "SdkAppId"}});errors++;
}
if(data.NotBefore === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "NotBefore"}});errors++;
}
if(data.Callees === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Callees"}});errors++;
}
if(data.Callers === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Callers"}});errors++;
}
if(data.SdkAppId !== undefined){
let data0 = data.SdkAppId;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
(vErrors ??= []).push({instancePath:instancePath+"/SdkAppId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if((data0 < 0) || (data0 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/SdkAppId",keyword:"range",params:{"min":0,"max":9007199254740991}});errors++;
}
}
}
if(data.NotBefore !== undefined){
let data1 = data.NotBefore;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
(vErrors ??= []).push({instancePath:instancePath+"/NotBefore",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if((data1 < 0) || (data1 > 9999999999)){
(vErrors ??= []).push({instancePath:instancePath+"/NotBefore",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}});errors++;
}
}
}
if(data.Callees !== undefined){
let data2 = data.Callees;
if(Array.isArray(data2)){
if(data2.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/Callees",keyword:"minItems",params:{limit: 1}});errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Callees/" + i0,keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callees/" + i0,keyword:"type",params:{type: "string"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callees",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.Callers !== undefined){
let data4 = data.Callers;
if(Array.isArray(data4)){
if(data4.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/Callers",keyword:"minItems",params:{limit: 1}});errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(data5.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Callers/" + i1,keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callers/" + i1,keyword:"type",params:{type: "string"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callers",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.IvrId !== undefined){
let data6 = data.IvrId;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
(vErrors ??= []).push({instancePath:instancePath+"/IvrId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if((data6 < 0) || (data6 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/IvrId",keyword:"range",params:{"min":0,"max":9007199254740991}});errors++;
}
}
}
if(data.Name !== undefined){
if(typeof data.Name !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Name",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data.Description !== undefined){
if(typeof data.Description !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Description",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data.NotAfter !== undefined){
let data9 = data.NotAfter;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
(vErrors ??= []).push({instancePath:instancePath+"/NotAfter",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if((data9 < 0) || (data9 > 9999999999)){
(vErrors ??= []).push({instancePath:instancePath+"/NotAfter",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}});errors++;
}
}
}
if(data.Tries !== undefined){
let data10 = data.Tries;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
(vErrors ??= []).push({instancePath:instancePath+"/Tries",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if((data10 < 1) || (data10 > 3)){
(vErrors ??= []).push({instancePath:instancePath+"/Tries",keyword:"range",params:{"min":1,"max":3,"unit":"attempts"}});errors++;
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
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2,keyword:"required",params:{missingProperty: "Key"}});errors++;
}
if(data12.Value === undefined){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2,keyword:"required",params:{missingProperty: "Value"}});errors++;
}
if(data12.Key !== undefined){
let data13 = data12.Key;
if(typeof data13 === "string"){
if(data13.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2+"/Key",keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2+"/Key",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data12.Value !== undefined){
if(typeof data12.Value !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2+"/Value",keyword:"type",params:{type: "string"}});errors++;
}
}
for(const key0 in data12){
if(!((key0 === "Key") || (key0 === "Value"))){
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2,keyword:"closed",params:{name: key0, known: ["Key","Value"], newer: []}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables/" + i2,keyword:"type",params:{type: "object"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Variables",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.UUI !== undefined){
if(typeof data.UUI !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/UUI",keyword:"type",params:{type: "string"}});errors++;
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
(vErrors ??= []).push({instancePath:instancePath+"/CalleeAttributes",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.TimeZone !== undefined){
if(typeof data.TimeZone !== "string"){
(vErrors ??= []).push({instancePath:instancePath+"/TimeZone",keyword:"type",params:{type: "string"}});errors++;
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
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4+"/StartTime",keyword:"matches",params:{hint: "a 24-hour time HH:mm:ss"}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4+"/StartTime",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data20.EndTime !== undefined){
let data22 = data20.EndTime;
if(typeof data22 === "string"){
if(!pattern4.test(data22)){
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4+"/EndTime",keyword:"matches",params:{hint: "a 24-hour time HH:mm:ss"}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4+"/EndTime",keyword:"type",params:{type: "string"}});errors++;
}
}
for(const key1 in data20){
if(!((key1 === "StartTime") || (key1 === "EndTime"))){
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4,keyword:"closed",params:{name: key1, known: ["StartTime","EndTime"], newer: []}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime/" + i4,keyword:"type",params:{type: "object"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/AvailableTime",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.AIAgentId !== undefined){
let data23 = data.AIAgentId;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
(vErrors ??= []).push({instancePath:instancePath+"/AIAgentId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if((data23 < -9007199254740991) || (data23 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/AIAgentId",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}});errors++;
}
}
}
if(data.RetryInterval !== undefined){
let data24 = data.RetryInterval;
if(!(((typeof data24 == "number") && (!(data24 % 1) && !isNaN(data24))) && (isFinite(data24)))){
(vErrors ??= []).push({instancePath:instancePath+"/RetryInterval",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data24 == "number") && (isFinite(data24))){
if((data24 < 600) || (data24 > 86400)){
(vErrors ??= []).push({instancePath:instancePath+"/RetryInterval",keyword:"range",params:{"min":600,"max":86400,"unit":"seconds"}});errors++;
}
}
}
if(data.MaxRingTimeoutSecond !== undefined){
let data25 = data.MaxRingTimeoutSecond;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
(vErrors ??= []).push({instancePath:instancePath+"/MaxRingTimeoutSecond",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if((data25 < -9007199254740991) || (data25 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/MaxRingTimeoutSecond",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991,"unit":"seconds"}});errors++;
}
}
}
for(const key2 in data){
if(!(((((((((((((((((key2 === "SdkAppId") || (key2 === "NotBefore")) || (key2 === "Callees")) || (key2 === "Callers")) || (key2 === "IvrId")) || (key2 === "Name")) || (key2 === "Description")) || (key2 === "NotAfter")) || (key2 === "Tries")) || (key2 === "Variables")) || (key2 === "UUI")) || (key2 === "CalleeAttributes")) || (key2 === "TimeZone")) || (key2 === "AvailableTime")) || (key2 === "AIAgentId")) || (key2 === "RetryInterval")) || (key2 === "MaxRingTimeoutSecond"))){
(vErrors ??= []).push({instancePath,keyword:"closed",params:{name: key2, known: ["SdkAppId","NotBefore","Callees","Callers","IvrId","Name","Description","NotAfter","Tries","Variables","UUI","CalleeAttributes","TimeZone","AvailableTime","AIAgentId","RetryInterval","MaxRingTimeoutSecond"], newer: ["RetryHangupTypes","RetryTags","AvailableWorkTimeConfig","TriggerStrategy","ConcurrencyLimit"]}});errors++;
}
}
if(data["IvrId"] === undefined && data["AIAgentId"] === undefined){
(vErrors ??= []).push({instancePath,keyword:"atLeastOne",params:{names: ["IvrId","AIAgentId"]}});errors++;
}
if(typeof data["NotBefore"] == "number" && typeof data["NotAfter"] == "number" && data["NotBefore"] >= data["NotAfter"]){
(vErrors ??= []).push({instancePath,keyword:"ordered",params:{before: "NotBefore", after: "NotAfter"}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":{"SdkAppId":true,"NotBefore":true,"Callees":true,"Callers":true,"IvrId":true,"Name":true,"Description":true,"NotAfter":true,"Tries":true,"Variables":true,"UUI":true,"CalleeAttributes":true,"TimeZone":true,"AvailableTime":true,"AIAgentId":true,"RetryInterval":true,"MaxRingTimeoutSecond":true},"dynamicProps":false,"dynamicItems":false};

export const validateCreatePredictiveDialingCampaign = validate23;
const schema36 = {"$id":"CreatePredictiveDialingCampaignRequest","type":"object","required":["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime"],"properties":{"SdkAppId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"Name":{"type":"string","nonEmpty":true},"Callees":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"Callers":{"type":"array","minItems":1,"items":{"type":"string","nonEmpty":true}},"CallOrder":{"type":"integer","enum":[0,1]},"SkillGroupId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"Priority":{"type":"integer","range":{"min":1,"max":5}},"ExpectedAbandonRate":{"type":"integer","range":{"min":5,"max":50,"unit":"percent"}},"RetryInterval":{"type":"integer","range":{"min":60,"max":86400,"unit":"seconds"}},"StartTime":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"EndTime":{"type":"integer","range":{"min":0,"max":9999999999,"unit":"unix-seconds"}},"IVRId":{"type":"integer","range":{"min":-9007199254740991,"max":9007199254740991}},"RetryTimes":{"type":"integer","range":{"min":0,"max":2,"unit":"attempts"}}},"closed":{"known":["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes"],"newer":["Variables","UUI","CalleeAttributes","TimeZone","AvailableTime"]},"ordered":[["StartTime","EndTime"]]};

function validate23(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
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
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "SdkAppId"}});errors++;
}
if(data.Name === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Name"}});errors++;
}
if(data.Callees === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Callees"}});errors++;
}
if(data.Callers === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Callers"}});errors++;
}
if(data.CallOrder === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "CallOrder"}});errors++;
}
if(data.SkillGroupId === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "SkillGroupId"}});errors++;
}
if(data.Priority === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "Priority"}});errors++;
}
if(data.ExpectedAbandonRate === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "ExpectedAbandonRate"}});errors++;
}
if(data.RetryInterval === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "RetryInterval"}});errors++;
}
if(data.StartTime === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "StartTime"}});errors++;
}
if(data.EndTime === undefined){
(vErrors ??= []).push({instancePath,keyword:"required",params:{missingProperty: "EndTime"}});errors++;
}
if(data.SdkAppId !== undefined){
let data0 = data.SdkAppId;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
(vErrors ??= []).push({instancePath:instancePath+"/SdkAppId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if((data0 < -9007199254740991) || (data0 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/SdkAppId",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}});errors++;
}
}
}
if(data.Name !== undefined){
let data1 = data.Name;
if(typeof data1 === "string"){
if(data1.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Name",keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Name",keyword:"type",params:{type: "string"}});errors++;
}
}
if(data.Callees !== undefined){
let data2 = data.Callees;
if(Array.isArray(data2)){
if(data2.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/Callees",keyword:"minItems",params:{limit: 1}});errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(data3.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Callees/" + i0,keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callees/" + i0,keyword:"type",params:{type: "string"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callees",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.Callers !== undefined){
let data4 = data.Callers;
if(Array.isArray(data4)){
if(data4.length < 1){
(vErrors ??= []).push({instancePath:instancePath+"/Callers",keyword:"minItems",params:{limit: 1}});errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(data5.length === 0){
(vErrors ??= []).push({instancePath:instancePath+"/Callers/" + i1,keyword:"nonEmpty",params:{}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callers/" + i1,keyword:"type",params:{type: "string"}});errors++;
}
}
}
else {
(vErrors ??= []).push({instancePath:instancePath+"/Callers",keyword:"type",params:{type: "array"}});errors++;
}
}
if(data.CallOrder !== undefined){
let data6 = data.CallOrder;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
(vErrors ??= []).push({instancePath:instancePath+"/CallOrder",keyword:"type",params:{type: "integer"}});errors++;
}
if(!((data6 === 0) || (data6 === 1))){
(vErrors ??= []).push({instancePath:instancePath+"/CallOrder",keyword:"enum",params:{allowedValues: schema36.properties.CallOrder.enum}});errors++;
}
}
if(data.SkillGroupId !== undefined){
let data7 = data.SkillGroupId;
if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
(vErrors ??= []).push({instancePath:instancePath+"/SkillGroupId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data7 == "number") && (isFinite(data7))){
if((data7 < -9007199254740991) || (data7 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/SkillGroupId",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}});errors++;
}
}
}
if(data.Priority !== undefined){
let data8 = data.Priority;
if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
(vErrors ??= []).push({instancePath:instancePath+"/Priority",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data8 == "number") && (isFinite(data8))){
if((data8 < 1) || (data8 > 5)){
(vErrors ??= []).push({instancePath:instancePath+"/Priority",keyword:"range",params:{"min":1,"max":5}});errors++;
}
}
}
if(data.ExpectedAbandonRate !== undefined){
let data9 = data.ExpectedAbandonRate;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
(vErrors ??= []).push({instancePath:instancePath+"/ExpectedAbandonRate",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if((data9 < 5) || (data9 > 50)){
(vErrors ??= []).push({instancePath:instancePath+"/ExpectedAbandonRate",keyword:"range",params:{"min":5,"max":50,"unit":"percent"}});errors++;
}
}
}
if(data.RetryInterval !== undefined){
let data10 = data.RetryInterval;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
(vErrors ??= []).push({instancePath:instancePath+"/RetryInterval",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if((data10 < 60) || (data10 > 86400)){
(vErrors ??= []).push({instancePath:instancePath+"/RetryInterval",keyword:"range",params:{"min":60,"max":86400,"unit":"seconds"}});errors++;
}
}
}
if(data.StartTime !== undefined){
let data11 = data.StartTime;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
(vErrors ??= []).push({instancePath:instancePath+"/StartTime",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data11 == "number") && (isFinite(data11))){
if((data11 < 0) || (data11 > 9999999999)){
(vErrors ??= []).push({instancePath:instancePath+"/StartTime",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}});errors++;
}
}
}
if(data.EndTime !== undefined){
let data12 = data.EndTime;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
(vErrors ??= []).push({instancePath:instancePath+"/EndTime",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if((data12 < 0) || (data12 > 9999999999)){
(vErrors ??= []).push({instancePath:instancePath+"/EndTime",keyword:"range",params:{"min":0,"max":9999999999,"unit":"unix-seconds"}});errors++;
}
}
}
if(data.IVRId !== undefined){
let data13 = data.IVRId;
if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
(vErrors ??= []).push({instancePath:instancePath+"/IVRId",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data13 == "number") && (isFinite(data13))){
if((data13 < -9007199254740991) || (data13 > 9007199254740991)){
(vErrors ??= []).push({instancePath:instancePath+"/IVRId",keyword:"range",params:{"min":-9007199254740991,"max":9007199254740991}});errors++;
}
}
}
if(data.RetryTimes !== undefined){
let data14 = data.RetryTimes;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
(vErrors ??= []).push({instancePath:instancePath+"/RetryTimes",keyword:"type",params:{type: "integer"}});errors++;
}
if((typeof data14 == "number") && (isFinite(data14))){
if((data14 < 0) || (data14 > 2)){
(vErrors ??= []).push({instancePath:instancePath+"/RetryTimes",keyword:"range",params:{"min":0,"max":2,"unit":"attempts"}});errors++;
}
}
}
for(const key0 in data){
if(!(((((((((((((key0 === "SdkAppId") || (key0 === "Name")) || (key0 === "Callees")) || (key0 === "Callers")) || (key0 === "CallOrder")) || (key0 === "SkillGroupId")) || (key0 === "Priority")) || (key0 === "ExpectedAbandonRate")) || (key0 === "RetryInterval")) || (key0 === "StartTime")) || (key0 === "EndTime")) || (key0 === "IVRId")) || (key0 === "RetryTimes"))){
(vErrors ??= []).push({instancePath,keyword:"closed",params:{name: key0, known: ["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes"], newer: ["Variables","UUI","CalleeAttributes","TimeZone","AvailableTime"]}});errors++;
}
}
if(typeof data["StartTime"] == "number" && typeof data["EndTime"] == "number" && data["StartTime"] >= data["EndTime"]){
(vErrors ??= []).push({instancePath,keyword:"ordered",params:{before: "StartTime", after: "EndTime"}});errors++;
}
}
else {
(vErrors ??= []).push({instancePath,keyword:"type",params:{type: "object"}});errors++;
}
validate23.errors = vErrors;
return errors === 0;
}
validate23.evaluated = {"props":{"SdkAppId":true,"Name":true,"Callees":true,"Callers":true,"CallOrder":true,"SkillGroupId":true,"Priority":true,"ExpectedAbandonRate":true,"RetryInterval":true,"StartTime":true,"EndTime":true,"IVRId":true,"RetryTimes":true},"dynamicProps":false,"dynamicItems":false};


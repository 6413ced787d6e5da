// Generated from spec/ (hash 04d2bcd5c7c1a740) by `pnpm generate`. Do not edit.

import type { Validator, ValidatorFault } from '@tccc/core';

/** Validates parameters; if they are wrong, `validate.errors` has the faults. */
// prettier-ignore
export const validate: Validator = (data: any) => {
  let faults = null as ValidatorFault[] | null;
  const report = (instancePath: string, keyword: string, params: Record<string, unknown>) => {
    (faults ??= []).push({ instancePath, keyword, params });
    errors++;
  };
  let errors = 0;
  if(data && typeof data == "object" && !Array.isArray(data)){
    if(data.SdkAppId === undefined){
      report("", "required", {missingProperty: "SdkAppId"});
    }
    if(data.Name === undefined){
      report("", "required", {missingProperty: "Name"});
    }
    if(data.Callees === undefined){
      report("", "required", {missingProperty: "Callees"});
    }
    if(data.Callers === undefined){
      report("", "required", {missingProperty: "Callers"});
    }
    if(data.CallOrder === undefined){
      report("", "required", {missingProperty: "CallOrder"});
    }
    if(data.SkillGroupId === undefined){
      report("", "required", {missingProperty: "SkillGroupId"});
    }
    if(data.Priority === undefined){
      report("", "required", {missingProperty: "Priority"});
    }
    if(data.ExpectedAbandonRate === undefined){
      report("", "required", {missingProperty: "ExpectedAbandonRate"});
    }
    if(data.RetryInterval === undefined){
      report("", "required", {missingProperty: "RetryInterval"});
    }
    if(data.StartTime === undefined){
      report("", "required", {missingProperty: "StartTime"});
    }
    if(data.EndTime === undefined){
      report("", "required", {missingProperty: "EndTime"});
    }
    if(data.SdkAppId !== undefined){
      let data0 = data.SdkAppId;
      if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
        report("/SdkAppId", "type", {type: "integer"});
      }
      if((typeof data0 == "number") && (isFinite(data0))){
        if((data0 < -9007199254740991) || (data0 > 9007199254740991)){
          report("/SdkAppId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Name !== undefined){
      let data1 = data.Name;
      if(typeof data1 === "string"){
        if(data1.length === 0){
          report("/Name", "nonEmpty", {"derived":true});
        }
      }
      else {
        report("/Name", "type", {type: "string"});
      }
    }
    if(data.Callees !== undefined){
      let data2 = data.Callees;
      if(Array.isArray(data2)){
        const len0 = data2.length;
        for(let i0=0; i0<len0 && errors<1000; i0++){
          let data3 = data2[i0];
          if(typeof data3 === "string"){
            if(data3.length === 0){
              report("/Callees/" + i0, "nonEmpty", {"derived":true});
            }
          }
          else {
            report("/Callees/" + i0, "type", {type: "string"});
          }
        }
        if(data2.length < 1){
          report("/Callees", "minItems", {"limit":1,"derived":true});
        }
      }
      else {
        report("/Callees", "type", {type: "array"});
      }
    }
    if(data.Callers !== undefined){
      let data4 = data.Callers;
      if(Array.isArray(data4)){
        const len1 = data4.length;
        for(let i1=0; i1<len1 && errors<1000; i1++){
          let data5 = data4[i1];
          if(typeof data5 === "string"){
            if(data5.length === 0){
              report("/Callers/" + i1, "nonEmpty", {"derived":true});
            }
          }
          else {
            report("/Callers/" + i1, "type", {type: "string"});
          }
        }
        if(data4.length < 1){
          report("/Callers", "minItems", {"limit":1,"derived":true});
        }
      }
      else {
        report("/Callers", "type", {type: "array"});
      }
    }
    if(data.CallOrder !== undefined){
      let data6 = data.CallOrder;
      if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
        report("/CallOrder", "type", {type: "integer"});
      }
      if(!((data6 === 0) || (data6 === 1))){
        report("/CallOrder", "enum", {allowedValues: [0,1]});
      }
    }
    if(data.SkillGroupId !== undefined){
      let data7 = data.SkillGroupId;
      if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
        report("/SkillGroupId", "type", {type: "integer"});
      }
      if((typeof data7 == "number") && (isFinite(data7))){
        if((data7 < -9007199254740991) || (data7 > 9007199254740991)){
          report("/SkillGroupId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Priority !== undefined){
      let data8 = data.Priority;
      if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
        report("/Priority", "type", {type: "integer"});
      }
      if((typeof data8 == "number") && (isFinite(data8))){
        if((data8 < 1) || (data8 > 5)){
          report("/Priority", "range", {"min":1,"max":5});
        }
      }
    }
    if(data.ExpectedAbandonRate !== undefined){
      let data9 = data.ExpectedAbandonRate;
      if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
        report("/ExpectedAbandonRate", "type", {type: "integer"});
      }
      if((typeof data9 == "number") && (isFinite(data9))){
        if((data9 < 5) || (data9 > 50)){
          report("/ExpectedAbandonRate", "range", {"min":5,"max":50,"unit":"percent"});
        }
      }
    }
    if(data.RetryInterval !== undefined){
      let data10 = data.RetryInterval;
      if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
        report("/RetryInterval", "type", {type: "integer"});
      }
      if((typeof data10 == "number") && (isFinite(data10))){
        if((data10 < 60) || (data10 > 86400)){
          report("/RetryInterval", "range", {"min":60,"max":86400,"unit":"seconds"});
        }
      }
    }
    if(data.StartTime !== undefined){
      let data11 = data.StartTime;
      if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
        report("/StartTime", "type", {type: "integer"});
      }
      if((typeof data11 == "number") && (isFinite(data11))){
        if((data11 < 0) || (data11 > 9999999999)){
          report("/StartTime", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
      }
    }
    if(data.EndTime !== undefined){
      let data12 = data.EndTime;
      if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
        report("/EndTime", "type", {type: "integer"});
      }
      if((typeof data12 == "number") && (isFinite(data12))){
        if((data12 < 0) || (data12 > 9999999999)){
          report("/EndTime", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
      }
    }
    if(data.IVRId !== undefined){
      let data13 = data.IVRId;
      if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
        report("/IVRId", "type", {type: "integer"});
      }
      if((typeof data13 == "number") && (isFinite(data13))){
        if((data13 < -9007199254740991) || (data13 > 9007199254740991)){
          report("/IVRId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.RetryTimes !== undefined){
      let data14 = data.RetryTimes;
      if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
        report("/RetryTimes", "type", {type: "integer"});
      }
      if((typeof data14 == "number") && (isFinite(data14))){
        if((data14 < 0) || (data14 > 2)){
          report("/RetryTimes", "range", {"min":0,"max":2,"unit":"attempts"});
        }
      }
    }
    for(const key0 in data){
      if(errors>=1000) break;
      if(!(((((((((((((key0 === "SdkAppId") || (key0 === "Name")) || (key0 === "Callees")) || (key0 === "Callers")) || (key0 === "CallOrder")) || (key0 === "SkillGroupId")) || (key0 === "Priority")) || (key0 === "ExpectedAbandonRate")) || (key0 === "RetryInterval")) || (key0 === "StartTime")) || (key0 === "EndTime")) || (key0 === "IVRId")) || (key0 === "RetryTimes"))){
        report("", "closed", {name: key0, known: ["SdkAppId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes"], newer: ["Variables","UUI","CalleeAttributes","TimeZone","AvailableTime"]});
      }
    }
    if(typeof data["StartTime"] == "number" && typeof data["EndTime"] == "number" && data["StartTime"] >= data["EndTime"]){
      report("", "ordered", {"before":"StartTime","after":"EndTime","derived":true});
    }
  }
  else {
    report("", "type", {type: "object"});
  }
  validate.errors = faults;
  return errors === 0;
};

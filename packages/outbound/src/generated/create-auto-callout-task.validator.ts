// Generated from spec/ (hash 04d2bcd5c7c1a740) by `pnpm generate`. Do not edit.

import type { Validator, ValidatorFault } from '@tccc/core';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

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
    if(data.NotBefore === undefined){
      report("", "required", {missingProperty: "NotBefore"});
    }
    if(data.Callees === undefined){
      report("", "required", {missingProperty: "Callees"});
    }
    if(data.Callers === undefined){
      report("", "required", {missingProperty: "Callers"});
    }
    if(data.SdkAppId !== undefined){
      let data0 = data.SdkAppId;
      if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
        report("/SdkAppId", "type", {type: "integer"});
      }
      if((typeof data0 == "number") && (isFinite(data0))){
        if(data0 < 0){
          report("/SdkAppId", "range", {"min":0,"max":9007199254740991});
        }
        if(data0 > 9007199254740991){
          report("/SdkAppId", "range", {"min":0,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.NotBefore !== undefined){
      let data1 = data.NotBefore;
      if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
        report("/NotBefore", "type", {type: "integer"});
      }
      if((typeof data1 == "number") && (isFinite(data1))){
        if((data1 < 0) || (data1 > 9999999999)){
          report("/NotBefore", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
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
    if(data.IvrId !== undefined){
      let data6 = data.IvrId;
      if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
        report("/IvrId", "type", {type: "integer"});
      }
      if((typeof data6 == "number") && (isFinite(data6))){
        if(data6 < 0){
          report("/IvrId", "range", {"min":0,"max":9007199254740991});
        }
        if(data6 > 9007199254740991){
          report("/IvrId", "range", {"min":0,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Name !== undefined){
      if(typeof data.Name !== "string"){
        report("/Name", "type", {type: "string"});
      }
    }
    if(data.Description !== undefined){
      if(typeof data.Description !== "string"){
        report("/Description", "type", {type: "string"});
      }
    }
    if(data.NotAfter !== undefined){
      let data9 = data.NotAfter;
      if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
        report("/NotAfter", "type", {type: "integer"});
      }
      if((typeof data9 == "number") && (isFinite(data9))){
        if((data9 < 0) || (data9 > 9999999999)){
          report("/NotAfter", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
      }
    }
    if(data.Tries !== undefined){
      let data10 = data.Tries;
      if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
        report("/Tries", "type", {type: "integer"});
      }
      if((typeof data10 == "number") && (isFinite(data10))){
        if((data10 < 1) || (data10 > 3)){
          report("/Tries", "range", {"min":1,"max":3,"unit":"attempts"});
        }
      }
    }
    if(data.Variables !== undefined){
      let data11 = data.Variables;
      if(Array.isArray(data11)){
        const len2 = data11.length;
        for(let i2=0; i2<len2 && errors<1000; i2++){
          let data12 = data11[i2];
          if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
            if(data12.Key === undefined){
              report("/Variables/" + i2, "required", {missingProperty: "Key"});
            }
            if(data12.Value === undefined){
              report("/Variables/" + i2, "required", {missingProperty: "Value"});
            }
            if(data12.Key !== undefined){
              let data13 = data12.Key;
              if(typeof data13 === "string"){
                if(data13.length === 0){
                  report("/Variables/" + i2+"/Key", "nonEmpty", {"derived":true});
                }
              }
              else {
                report("/Variables/" + i2+"/Key", "type", {type: "string"});
              }
            }
            if(data12.Value !== undefined){
              if(typeof data12.Value !== "string"){
                report("/Variables/" + i2+"/Value", "type", {type: "string"});
              }
            }
            for(const key0 in data12){
              if(errors>=1000) break;
              if(!((key0 === "Key") || (key0 === "Value"))){
                report("/Variables/" + i2, "closed", {name: key0, known: ["Key","Value"], newer: []});
              }
            }
          }
          else {
            report("/Variables/" + i2, "type", {type: "object"});
          }
        }
      }
      else {
        report("/Variables", "type", {type: "array"});
      }
    }
    if(data.UUI !== undefined){
      if(typeof data.UUI !== "string"){
        report("/UUI", "type", {type: "string"});
      }
    }
    if(data.CalleeAttributes !== undefined){
      let data16 = data.CalleeAttributes;
      if(Array.isArray(data16)){
        const len3 = data16.length;
        for(let i3=0; i3<len3 && errors<1000; i3++){
          let data17 = data16[i3];
          if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
            if(data17.Callee === undefined){
              report("/CalleeAttributes/" + i3, "required", {missingProperty: "Callee"});
            }
            if(data17.Callee !== undefined){
              let data18 = data17.Callee;
              if(typeof data18 === "string"){
                if(data18.length === 0){
                  report("/CalleeAttributes/" + i3+"/Callee", "nonEmpty", {"derived":true});
                }
              }
              else {
                report("/CalleeAttributes/" + i3+"/Callee", "type", {type: "string"});
              }
            }
            if(data17.UUI !== undefined){
              if(typeof data17.UUI !== "string"){
                report("/CalleeAttributes/" + i3+"/UUI", "type", {type: "string"});
              }
            }
            if(data17.Variables !== undefined){
              let data20 = data17.Variables;
              if(Array.isArray(data20)){
                const len4 = data20.length;
                for(let i4=0; i4<len4 && errors<1000; i4++){
                  let data21 = data20[i4];
                  if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
                    if(data21.Key === undefined){
                      report("/CalleeAttributes/" + i3+"/Variables/" + i4, "required", {missingProperty: "Key"});
                    }
                    if(data21.Value === undefined){
                      report("/CalleeAttributes/" + i3+"/Variables/" + i4, "required", {missingProperty: "Value"});
                    }
                    if(data21.Key !== undefined){
                      let data22 = data21.Key;
                      if(typeof data22 === "string"){
                        if(data22.length === 0){
                          report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Key", "nonEmpty", {"derived":true});
                        }
                      }
                      else {
                        report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Key", "type", {type: "string"});
                      }
                    }
                    if(data21.Value !== undefined){
                      if(typeof data21.Value !== "string"){
                        report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Value", "type", {type: "string"});
                      }
                    }
                    for(const key1 in data21){
                      if(errors>=1000) break;
                      if(!((key1 === "Key") || (key1 === "Value"))){
                        report("/CalleeAttributes/" + i3+"/Variables/" + i4, "closed", {name: key1, known: ["Key","Value"], newer: []});
                      }
                    }
                  }
                  else {
                    report("/CalleeAttributes/" + i3+"/Variables/" + i4, "type", {type: "object"});
                  }
                }
              }
              else {
                report("/CalleeAttributes/" + i3+"/Variables", "type", {type: "array"});
              }
            }
            for(const key2 in data17){
              if(errors>=1000) break;
              if(!(((key2 === "Callee") || (key2 === "UUI")) || (key2 === "Variables"))){
                report("/CalleeAttributes/" + i3, "closed", {name: key2, known: ["Callee","UUI","Variables"], newer: []});
              }
            }
          }
          else {
            report("/CalleeAttributes/" + i3, "type", {type: "object"});
          }
        }
      }
      else {
        report("/CalleeAttributes", "type", {type: "array"});
      }
    }
    if(data.TimeZone !== undefined){
      let data24 = data.TimeZone;
      if(typeof data24 === "string"){
        if(!isTimeZone(data24)){
          report("/TimeZone", "timeZone", {"derived":true});
        }
      }
      else {
        report("/TimeZone", "type", {type: "string"});
      }
    }
    if(data.AvailableTime !== undefined){
      let data25 = data.AvailableTime;
      if(Array.isArray(data25)){
        const len5 = data25.length;
        for(let i5=0; i5<len5 && errors<1000; i5++){
          let data26 = data25[i5];
          if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
            if(data26.StartTime !== undefined){
              let data27 = data26.StartTime;
              if(typeof data27 === "string"){
                if(!/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u.test(data27)){
                  report("/AvailableTime/" + i5+"/StartTime", "matches", {"hint":"a 24-hour time HH:mm:ss"});
                }
              }
              else {
                report("/AvailableTime/" + i5+"/StartTime", "type", {type: "string"});
              }
            }
            if(data26.EndTime !== undefined){
              let data28 = data26.EndTime;
              if(typeof data28 === "string"){
                if(!/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/u.test(data28)){
                  report("/AvailableTime/" + i5+"/EndTime", "matches", {"hint":"a 24-hour time HH:mm:ss"});
                }
              }
              else {
                report("/AvailableTime/" + i5+"/EndTime", "type", {type: "string"});
              }
            }
            for(const key3 in data26){
              if(errors>=1000) break;
              if(!((key3 === "StartTime") || (key3 === "EndTime"))){
                report("/AvailableTime/" + i5, "closed", {name: key3, known: ["StartTime","EndTime"], newer: []});
              }
            }
          }
          else {
            report("/AvailableTime/" + i5, "type", {type: "object"});
          }
        }
      }
      else {
        report("/AvailableTime", "type", {type: "array"});
      }
    }
    if(data.AIAgentId !== undefined){
      let data29 = data.AIAgentId;
      if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
        report("/AIAgentId", "type", {type: "integer"});
      }
      if((typeof data29 == "number") && (isFinite(data29))){
        if((data29 < -9007199254740991) || (data29 > 9007199254740991)){
          report("/AIAgentId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.RetryInterval !== undefined){
      let data30 = data.RetryInterval;
      if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
        report("/RetryInterval", "type", {type: "integer"});
      }
      if((typeof data30 == "number") && (isFinite(data30))){
        if((data30 < 600) || (data30 > 86400)){
          report("/RetryInterval", "range", {"min":600,"max":86400,"unit":"seconds"});
        }
      }
    }
    if(data.MaxRingTimeoutSecond !== undefined){
      let data31 = data.MaxRingTimeoutSecond;
      if(!(((typeof data31 == "number") && (!(data31 % 1) && !isNaN(data31))) && (isFinite(data31)))){
        report("/MaxRingTimeoutSecond", "type", {type: "integer"});
      }
      if((typeof data31 == "number") && (isFinite(data31))){
        if((data31 < -9007199254740991) || (data31 > 9007199254740991)){
          report("/MaxRingTimeoutSecond", "range", {"min":-9007199254740991,"max":9007199254740991,"unit":"seconds","derived":true});
        }
      }
    }
    for(const key4 in data){
      if(errors>=1000) break;
      if(!(((((((((((((((((key4 === "SdkAppId") || (key4 === "NotBefore")) || (key4 === "Callees")) || (key4 === "Callers")) || (key4 === "IvrId")) || (key4 === "Name")) || (key4 === "Description")) || (key4 === "NotAfter")) || (key4 === "Tries")) || (key4 === "Variables")) || (key4 === "UUI")) || (key4 === "CalleeAttributes")) || (key4 === "TimeZone")) || (key4 === "AvailableTime")) || (key4 === "AIAgentId")) || (key4 === "RetryInterval")) || (key4 === "MaxRingTimeoutSecond"))){
        report("", "closed", {name: key4, known: ["SdkAppId","NotBefore","Callees","Callers","IvrId","Name","Description","NotAfter","Tries","Variables","UUI","CalleeAttributes","TimeZone","AvailableTime","AIAgentId","RetryInterval","MaxRingTimeoutSecond"], newer: ["RetryHangupTypes","RetryTags","AvailableWorkTimeConfig","TriggerStrategy","ConcurrencyLimit"]});
      }
    }
    if(data["IvrId"] === undefined && data["AIAgentId"] === undefined){
      report("", "atLeastOne", {names: ["IvrId","AIAgentId"]});
    }
    if(typeof data["NotBefore"] == "number" && typeof data["NotAfter"] == "number" && data["NotBefore"] >= data["NotAfter"]){
      report("", "ordered", {"before":"NotBefore","after":"NotAfter","derived":true});
    }
  }
  else {
    report("", "type", {type: "object"});
  }
  validate.errors = faults;
  return errors === 0;
};

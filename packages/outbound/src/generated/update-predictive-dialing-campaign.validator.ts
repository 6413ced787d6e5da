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
    if(data.CampaignId === undefined){
      report("", "required", {missingProperty: "CampaignId"});
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
    if(data.CampaignId !== undefined){
      let data1 = data.CampaignId;
      if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
        report("/CampaignId", "type", {type: "integer"});
      }
      if((typeof data1 == "number") && (isFinite(data1))){
        if((data1 < -9007199254740991) || (data1 > 9007199254740991)){
          report("/CampaignId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Name !== undefined){
      let data2 = data.Name;
      if(typeof data2 === "string"){
        if(data2.length === 0){
          report("/Name", "nonEmpty", {"derived":true});
        }
      }
      else {
        report("/Name", "type", {type: "string"});
      }
    }
    if(data.Callees !== undefined){
      let data3 = data.Callees;
      if(Array.isArray(data3)){
        const len0 = data3.length;
        for(let i0=0; i0<len0 && errors<1000; i0++){
          let data4 = data3[i0];
          if(typeof data4 === "string"){
            if(data4.length === 0){
              report("/Callees/" + i0, "nonEmpty", {"derived":true});
            }
          }
          else {
            report("/Callees/" + i0, "type", {type: "string"});
          }
        }
        if(data3.length < 1){
          report("/Callees", "minItems", {"limit":1,"derived":true});
        }
      }
      else {
        report("/Callees", "type", {type: "array"});
      }
    }
    if(data.Callers !== undefined){
      let data5 = data.Callers;
      if(Array.isArray(data5)){
        const len1 = data5.length;
        for(let i1=0; i1<len1 && errors<1000; i1++){
          let data6 = data5[i1];
          if(typeof data6 === "string"){
            if(data6.length === 0){
              report("/Callers/" + i1, "nonEmpty", {"derived":true});
            }
          }
          else {
            report("/Callers/" + i1, "type", {type: "string"});
          }
        }
        if(data5.length < 1){
          report("/Callers", "minItems", {"limit":1,"derived":true});
        }
      }
      else {
        report("/Callers", "type", {type: "array"});
      }
    }
    if(data.CallOrder !== undefined){
      let data7 = data.CallOrder;
      if(!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7)))){
        report("/CallOrder", "type", {type: "integer"});
      }
      if(!((data7 === 0) || (data7 === 1))){
        report("/CallOrder", "enum", {allowedValues: [0,1]});
      }
    }
    if(data.SkillGroupId !== undefined){
      let data8 = data.SkillGroupId;
      if(!(((typeof data8 == "number") && (!(data8 % 1) && !isNaN(data8))) && (isFinite(data8)))){
        report("/SkillGroupId", "type", {type: "integer"});
      }
      if((typeof data8 == "number") && (isFinite(data8))){
        if((data8 < -9007199254740991) || (data8 > 9007199254740991)){
          report("/SkillGroupId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Priority !== undefined){
      let data9 = data.Priority;
      if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
        report("/Priority", "type", {type: "integer"});
      }
      if((typeof data9 == "number") && (isFinite(data9))){
        if((data9 < 1) || (data9 > 5)){
          report("/Priority", "range", {"min":1,"max":5});
        }
      }
    }
    if(data.ExpectedAbandonRate !== undefined){
      let data10 = data.ExpectedAbandonRate;
      if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
        report("/ExpectedAbandonRate", "type", {type: "integer"});
      }
      if((typeof data10 == "number") && (isFinite(data10))){
        if((data10 < 5) || (data10 > 50)){
          report("/ExpectedAbandonRate", "range", {"min":5,"max":50,"unit":"percent"});
        }
      }
    }
    if(data.RetryInterval !== undefined){
      let data11 = data.RetryInterval;
      if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
        report("/RetryInterval", "type", {type: "integer"});
      }
      if((typeof data11 == "number") && (isFinite(data11))){
        if((data11 < 60) || (data11 > 86400)){
          report("/RetryInterval", "range", {"min":60,"max":86400,"unit":"seconds"});
        }
      }
    }
    if(data.StartTime !== undefined){
      let data12 = data.StartTime;
      if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
        report("/StartTime", "type", {type: "integer"});
      }
      if((typeof data12 == "number") && (isFinite(data12))){
        if((data12 < 0) || (data12 > 9999999999)){
          report("/StartTime", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
      }
    }
    if(data.EndTime !== undefined){
      let data13 = data.EndTime;
      if(!(((typeof data13 == "number") && (!(data13 % 1) && !isNaN(data13))) && (isFinite(data13)))){
        report("/EndTime", "type", {type: "integer"});
      }
      if((typeof data13 == "number") && (isFinite(data13))){
        if((data13 < 0) || (data13 > 9999999999)){
          report("/EndTime", "range", {"min":0,"max":9999999999,"unit":"unix-seconds","derived":true});
        }
      }
    }
    if(data.IVRId !== undefined){
      let data14 = data.IVRId;
      if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
        report("/IVRId", "type", {type: "integer"});
      }
      if((typeof data14 == "number") && (isFinite(data14))){
        if((data14 < -9007199254740991) || (data14 > 9007199254740991)){
          report("/IVRId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.RetryTimes !== undefined){
      let data15 = data.RetryTimes;
      if(!(((typeof data15 == "number") && (!(data15 % 1) && !isNaN(data15))) && (isFinite(data15)))){
        report("/RetryTimes", "type", {type: "integer"});
      }
      if((typeof data15 == "number") && (isFinite(data15))){
        if((data15 < 0) || (data15 > 2)){
          report("/RetryTimes", "range", {"min":0,"max":2,"unit":"attempts"});
        }
      }
    }
    if(data.Variables !== undefined){
      let data16 = data.Variables;
      if(Array.isArray(data16)){
        const len2 = data16.length;
        for(let i2=0; i2<len2 && errors<1000; i2++){
          let data17 = data16[i2];
          if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
            if(data17.Key === undefined){
              report("/Variables/" + i2, "required", {missingProperty: "Key"});
            }
            if(data17.Value === undefined){
              report("/Variables/" + i2, "required", {missingProperty: "Value"});
            }
            if(data17.Key !== undefined){
              let data18 = data17.Key;
              if(typeof data18 === "string"){
                if(data18.length === 0){
                  report("/Variables/" + i2+"/Key", "nonEmpty", {"derived":true});
                }
              }
              else {
                report("/Variables/" + i2+"/Key", "type", {type: "string"});
              }
            }
            if(data17.Value !== undefined){
              if(typeof data17.Value !== "string"){
                report("/Variables/" + i2+"/Value", "type", {type: "string"});
              }
            }
            for(const key0 in data17){
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
      let data21 = data.CalleeAttributes;
      if(Array.isArray(data21)){
        const len3 = data21.length;
        for(let i3=0; i3<len3 && errors<1000; i3++){
          let data22 = data21[i3];
          if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
            if(data22.Callee === undefined){
              report("/CalleeAttributes/" + i3, "required", {missingProperty: "Callee"});
            }
            if(data22.Callee !== undefined){
              let data23 = data22.Callee;
              if(typeof data23 === "string"){
                if(data23.length === 0){
                  report("/CalleeAttributes/" + i3+"/Callee", "nonEmpty", {"derived":true});
                }
              }
              else {
                report("/CalleeAttributes/" + i3+"/Callee", "type", {type: "string"});
              }
            }
            if(data22.UUI !== undefined){
              if(typeof data22.UUI !== "string"){
                report("/CalleeAttributes/" + i3+"/UUI", "type", {type: "string"});
              }
            }
            if(data22.Variables !== undefined){
              let data25 = data22.Variables;
              if(Array.isArray(data25)){
                const len4 = data25.length;
                for(let i4=0; i4<len4 && errors<1000; i4++){
                  let data26 = data25[i4];
                  if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
                    if(data26.Key === undefined){
                      report("/CalleeAttributes/" + i3+"/Variables/" + i4, "required", {missingProperty: "Key"});
                    }
                    if(data26.Value === undefined){
                      report("/CalleeAttributes/" + i3+"/Variables/" + i4, "required", {missingProperty: "Value"});
                    }
                    if(data26.Key !== undefined){
                      let data27 = data26.Key;
                      if(typeof data27 === "string"){
                        if(data27.length === 0){
                          report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Key", "nonEmpty", {"derived":true});
                        }
                      }
                      else {
                        report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Key", "type", {type: "string"});
                      }
                    }
                    if(data26.Value !== undefined){
                      if(typeof data26.Value !== "string"){
                        report("/CalleeAttributes/" + i3+"/Variables/" + i4+"/Value", "type", {type: "string"});
                      }
                    }
                    for(const key1 in data26){
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
            for(const key2 in data22){
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
    for(const key3 in data){
      if(errors>=1000) break;
      if(!(((((((((((((((((key3 === "SdkAppId") || (key3 === "CampaignId")) || (key3 === "Name")) || (key3 === "Callees")) || (key3 === "Callers")) || (key3 === "CallOrder")) || (key3 === "SkillGroupId")) || (key3 === "Priority")) || (key3 === "ExpectedAbandonRate")) || (key3 === "RetryInterval")) || (key3 === "StartTime")) || (key3 === "EndTime")) || (key3 === "IVRId")) || (key3 === "RetryTimes")) || (key3 === "Variables")) || (key3 === "UUI")) || (key3 === "CalleeAttributes"))){
        report("", "closed", {name: key3, known: ["SdkAppId","CampaignId","Name","Callees","Callers","CallOrder","SkillGroupId","Priority","ExpectedAbandonRate","RetryInterval","StartTime","EndTime","IVRId","RetryTimes","Variables","UUI","CalleeAttributes"], newer: []});
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

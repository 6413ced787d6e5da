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
    if(data.PageSize === undefined){
      report("", "required", {missingProperty: "PageSize"});
    }
    if(data.PageNumber === undefined){
      report("", "required", {missingProperty: "PageNumber"});
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
    if(data.PageSize !== undefined){
      let data1 = data.PageSize;
      if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
        report("/PageSize", "type", {type: "integer"});
      }
      if((typeof data1 == "number") && (isFinite(data1))){
        if(data1 > 100){
          report("/PageSize", "range", {"min":1,"max":100});
        }
        if(data1 < 1){
          report("/PageSize", "range", {"min":1,"max":100,"derived":true});
        }
      }
    }
    if(data.PageNumber !== undefined){
      let data2 = data.PageNumber;
      if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
        report("/PageNumber", "type", {type: "integer"});
      }
      if((typeof data2 == "number") && (isFinite(data2))){
        if((data2 < 0) || (data2 > 9007199254740991)){
          report("/PageNumber", "range", {"min":0,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.Name !== undefined){
      if(typeof data.Name !== "string"){
        report("/Name", "type", {type: "string"});
      }
    }
    if(data.SkillGroupId !== undefined){
      let data4 = data.SkillGroupId;
      if(!(((typeof data4 == "number") && (!(data4 % 1) && !isNaN(data4))) && (isFinite(data4)))){
        report("/SkillGroupId", "type", {type: "integer"});
      }
      if((typeof data4 == "number") && (isFinite(data4))){
        if((data4 < -9007199254740991) || (data4 > 9007199254740991)){
          report("/SkillGroupId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    if(data.CampaignId !== undefined){
      let data5 = data.CampaignId;
      if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
        report("/CampaignId", "type", {type: "integer"});
      }
      if((typeof data5 == "number") && (isFinite(data5))){
        if((data5 < -9007199254740991) || (data5 > 9007199254740991)){
          report("/CampaignId", "range", {"min":-9007199254740991,"max":9007199254740991,"derived":true});
        }
      }
    }
    for(const key0 in data){
      if(errors>=1000) break;
      if(!((((((key0 === "SdkAppId") || (key0 === "PageSize")) || (key0 === "PageNumber")) || (key0 === "Name")) || (key0 === "SkillGroupId")) || (key0 === "CampaignId"))){
        report("", "closed", {name: key0, known: ["SdkAppId","PageSize","PageNumber","Name","SkillGroupId","CampaignId"], newer: []});
      }
    }
  }
  else {
    report("", "type", {type: "object"});
  }
  validate.errors = faults;
  return errors === 0;
};

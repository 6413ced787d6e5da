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
    if(data.PageSize !== undefined){
      let data2 = data.PageSize;
      if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
        report("/PageSize", "type", {type: "integer"});
      }
      if((typeof data2 == "number") && (isFinite(data2))){
        if(data2 > 1000){
          report("/PageSize", "range", {"min":1,"max":1000});
        }
        if(data2 < 1){
          report("/PageSize", "range", {"min":1,"max":1000,"derived":true});
        }
      }
    }
    if(data.PageNumber !== undefined){
      let data3 = data.PageNumber;
      if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
        report("/PageNumber", "type", {type: "integer"});
      }
      if((typeof data3 == "number") && (isFinite(data3))){
        if((data3 < 0) || (data3 > 9007199254740991)){
          report("/PageNumber", "range", {"min":0,"max":9007199254740991,"derived":true});
        }
      }
    }
    for(const key0 in data){
      if(errors>=1000) break;
      if(!((((key0 === "SdkAppId") || (key0 === "CampaignId")) || (key0 === "PageSize")) || (key0 === "PageNumber"))){
        report("", "closed", {name: key0, known: ["SdkAppId","CampaignId","PageSize","PageNumber"], newer: []});
      }
    }
  }
  else {
    report("", "type", {type: "object"});
  }
  validate.errors = faults;
  return errors === 0;
};

import { asCurl, asTypeScript } from './copies.js';

/** How a client is pointed at the mock. */
export interface Recipe {
  name: string;
  text: string;
}

/** Where the mock is, and a key pair that it knows. */
export interface Place {
  url: string;
  secretId: string;
  secretKey: string;
}

const EXAMPLE =
  '{"SdkAppId":1400123455,"NotBefore":1642500621,"Callees":["008613012345678"],"Callers":["008602012345678"],"IvrId":8}';

/** For this SDK, the official SDKs and curl. docs/mock.md has the same texts. */
export function recipesFor({ url, secretId, secretKey }: Place): Recipe[] {
  const [protocol = 'http', host = ''] = url.split('://');
  return [
    {
      name: 'TypeScript',
      text: `// npm install @tccc/outbound
// TENCENTCLOUD_SECRET_ID=${secretId} TENCENTCLOUD_SECRET_KEY=${secretKey} node call.mjs
${asTypeScript(url, 'CreateAutoCalloutTask', EXAMPLE)}`,
    },
    {
      name: 'Node.js (official SDK)',
      text: `// npm install tencentcloud-sdk-nodejs
const { ccc } = require('tencentcloud-sdk-nodejs/tencentcloud/services/ccc');

const client = new ccc.v20200210.Client({
  credential: { secretId: '${secretId}', secretKey: '${secretKey}' },
  region: '',
  profile: { httpProfile: { endpoint: '${host}', protocol: '${protocol}://' } },
});
const request = {
  SdkAppId: 1400123455,
  NotBefore: 1642500621,
  Callees: ['008613012345678'],
  Callers: ['008602012345678'],
  IvrId: 8,
};
client.CreateAutoCalloutTask(request).then(console.log, console.error);
`,
    },
    {
      name: 'Python (official SDK)',
      text: `# pip install tencentcloud-sdk-python-ccc
from tencentcloud.ccc.v20200210 import ccc_client, models
from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

http = HttpProfile(endpoint="${host}", protocol="${protocol}")
client = ccc_client.CccClient(
    credential.Credential("${secretId}", "${secretKey}"), "", ClientProfile(httpProfile=http))

request = models.CreateAutoCalloutTaskRequest()
request.SdkAppId, request.NotBefore, request.IvrId = 1400123455, 1642500621, 8
request.Callees, request.Callers = ["008613012345678"], ["008602012345678"]
print(client.CreateAutoCalloutTask(request).TaskId)
`,
    },
    {
      name: 'Go (official SDK)',
      text: `// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/ccc
cpf := profile.NewClientProfile()
cpf.HttpProfile.Endpoint, cpf.HttpProfile.Scheme = "${host}", "${protocol.toUpperCase()}"
client, err := ccc.NewClient(common.NewCredential("${secretId}", "${secretKey}"), "", cpf)
if err != nil {
	panic(err)
}
request := ccc.NewCreateAutoCalloutTaskRequest()
request.SdkAppId, request.NotBefore, request.IvrId = common.Uint64Ptr(1400123455), common.Int64Ptr(1642500621), common.Uint64Ptr(8)
request.Callees, request.Callers = common.StringPtrs([]string{"008613012345678"}), common.StringPtrs([]string{"008602012345678"})
response, err := client.CreateAutoCalloutTask(request)
`,
    },
    {
      name: 'Java (official SDK)',
      text: `// com.tencentcloudapi:tencentcloud-sdk-java-ccc
HttpProfile http = new HttpProfile();
http.setEndpoint("${host}");
http.setProtocol("${protocol}://");
ClientProfile profile = new ClientProfile();
profile.setHttpProfile(http);
CccClient client = new CccClient(new Credential("${secretId}", "${secretKey}"), "", profile);

CreateAutoCalloutTaskRequest request = new CreateAutoCalloutTaskRequest();
request.setSdkAppId(1400123455L);
request.setNotBefore(1642500621L);
request.setCallees(new String[] {"008613012345678"});
request.setCallers(new String[] {"008602012345678"});
request.setIvrId(8L);
System.out.println(client.CreateAutoCalloutTask(request).getTaskId());
`,
    },
    {
      name: 'curl',
      text: asCurl(
        url,
        { action: 'CreateAutoCalloutTask', version: '2020-02-10', service: 'ccc', body: EXAMPLE },
        `"\${SECRET_ID:=${secretId}}" "\${SECRET_KEY:=${secretKey}}"`,
      ),
    },
  ];
}

// Words by which a column, a note or a value says whether somebody may be called.

/** Columns about letters. */
export const NOT_OF_CALLS = /mail|sms|fax|newsletter|短信|邮/;
export const OF_CALLS = /\bcalls?\b|phone|\btel|voice|电话|電話/;

/** What is done to people who are called, in Chinese; the second list has what they do themselves as well. */
const CALLED = '外呼|呼叫|[拨撥]打|致[电電]|打[电電][话話]';
const REACHED = `${CALLED}|[联聯][系繫络絡]|回[访訪]|接[听聽]|[来來][电電]|打[扰擾]|[电電][联聯]`;

const ALLOWED = [
  String.raw`\b(?:can|may|ok to) ?call\b|\bcall ?(?:allowed|consent|permission|permitted)|phone ?consent`,
  String.raw`\b(?:consent(?:ed|s)?|permission|agree[sd]?) (?:to|for) (?:\w+ )?calls?\b|\b(?:callable|contactable)\b`,
  `是否(?:${CALLED})|(?:[可能]否|能不能|可以?|允[许許]|同意|接受|[愿願]意)(?:接|再)?(?:${REACHED})`,
  `(?:${CALLED})(?:[许許]可|授[权權]|同意|意[愿願])`,
].join('|');
export const IS_ALLOWED = new RegExp(ALLOWED);

const BARRED = [
  String.raw`(?:do ?not|dont) ?(?:call|phone|dial|ring|contact|disturb)|\bnever ?(?:call|phone|contact)\b`,
  String.raw`do ?not ?allow ?(?:phone ?)?calls?|calls? (?:are )?not (?:allowed|permitted)`,
  String.raw`\b(?:can|may|must|should) ?not ?(?:be )?call(?:ed)?\b`,
  String.raw`\b(?:not?|never|without) (?:\w+ )?(?:${ALLOWED})|\bcall consent (?:withdrawn|revoked|denied|refused)`,
  String.raw`\bdnc[rl]?\b|(?:black|block) ?list|robinson|werbesperre|nicht anrufen`,
  // A question such as 可不可以 asks whether somebody may call.
  `(?<![可能要])不(?:[再要可能得准许許想]|可以|允[许許]|同意|接受|[愿願]意?)+接?(?:${REACHED})|不接受[电電][话話]`,
  `不(?:外呼|呼叫|[拨撥]打|致[电電])|未(?:同意|授[权權]|允[许許])(?:${CALLED})`,
  `(?:[勿禁停免拒]|(?<![特个個分级級类類性区區])[别別])(?:[止绝絕再]|要)?(?:${REACHED}|呼|[拨撥]|打|[访訪])|拒[绝絕][电電][话話]|[免勿][扰擾]`,
  '黑名[单單]|架電禁止|수신 ?거부',
].join('|');
export const IS_BARRED = new RegExp(BARRED);

/** What may also be about letters, or about what became of a call. */
export const MAYBE_BARRED =
  /\bno ?call\b|\bno (?:more|phone|sales|marketing) calls\b|suppress(?:ed|ion)|\bblocked\b|拒[绝絕][营營][销銷]|[红灰紅]名[单單]/;
export const OPTED_OUT = /opt(?:ed)? ?out|unsubscribed?|退[订訂]/;
export const OPTED_IN = /opt(?:ed)? ?in/;

/** How often or when, whom, or how: no answer to whether somebody may call. */
export const COUNTED = /次[数數]|\b(?:counts?|number of)\b/;
export const MEASURED =
  /[时時][长長间間段]|日期|(?:[电電][话話]|[号號][码碼]|人|方式)$|\b(?:times?|hours?|dates?)\b/;

export const COUNTRY_CODE =
  /(?:country|dial(?:l?ing)?|calling) ?(?:calling |dial(?:l?ing)? )?(?:code|prefix)|国家(?:代)?码|国码|國碼|国际区号|國際區號|国番号|국가 ?번호|(?:landes|länder)vorwahl/;

/** Where somebody lives, which is not always where their phone is from. */
export const COUNTRY =
  /^(?:(?:mailing|billing|shipping|home|work|contact|customer|person|phone) )*country(?: ?\/? ?region)?(?: (?:name|iso|iso2))?$|^(?:所在)?国家(?:[/和或]?地区)?$|^國家(?:[/和或]?地區)?$|^国别$/;

export const NOTE =
  /\b(?:status|notes?|remarks?|comments?|tags?|disposition|reason)\b|备注|備註|状态|狀態|标签|標籤|说明|原因|비고|상태/;

/** A text in small letters, in which `don't` and `do_not` are written like any other words. */
export function plainOf(text: string): string {
  return text
    .replaceAll(/['’]/g, '')
    .replaceAll(/[\s_.-]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A name as words: `HasOptedOutOfCalls`, `opted_out` and `DNCFlag` have several. */
export function wordsOf(name: string): string {
  return plainOf(name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' '));
}

/** What any such text has in it: most notes need no more than this look. */
export const WORTH_A_LOOK =
  /call|phone|dial|ring|contact|disturb|dnc|black|block|robinson|werbesperre|anrufen|opt|unsub|[黑免勿禁停不拒架退수别別未]/i;

export const YES =
  /^(?:1(?:\.0+)?|true|t|yes|y|x|v|on|checked|ja|j|wahr|oui|vrai|s[ií]|verdade(?:i)?ro|vero|waar|да|истина|是的?|对|真|有|已?勾选|✓|✔|✅|☑|√|はい|예)$/i;
export const NO =
  /^(?:0(?:\.0+)?|false|f|no|n|off|unchecked|nein|falsch|non|faux|falso|onwaar|нет|ложь|否|不是?|假|无|未勾选|×|✗|☐|いいえ|아니요)$/i;
/** What says more than yes or no: that somebody may call, that nobody may, and the answers to the question whether they may. */
export const MAY = /^(?:allow(?:ed)?|允许)$/i;
export const MAY_NOT = new RegExp(`^(?:(?:do )?not allow(?:ed)?|禁止|${BARRED})$`);
export const GRANTED = /^(?:可以?|能|同意|接受|[愿願]意|ok|okay|granted|given|agreed|opt(?:ed)?[ -]?in)$/i;
export const DENIED =
  /^(?:不(?:可以?|能|行|要|允许|同意|接受|愿意)|未(?:同意|授权)|拒[绝絕]|denied|refused|declined|revoked|withdrawn|opt(?:ed)?[ -]?out)$/i;

/**
 * A question whose answer costs much. It is asked once at a time; all who ask meanwhile share the next answer, since the one
 * that is under way may lack what they have seen.
 */
export class Question<Answer> {
  readonly #ask: () => Promise<Answer>;
  #underWay: Promise<unknown> = Promise.resolve();
  #next: Promise<Answer> | undefined;

  constructor(ask: () => Promise<Answer>) {
    this.#ask = ask;
  }

  ask(): Promise<Answer> {
    this.#next ??= this.#underWay.then(() => {
      this.#next = undefined;
      const answer = this.#ask();
      this.#underWay = answer.catch(() => {});
      return answer;
    });
    return this.#next;
  }
}

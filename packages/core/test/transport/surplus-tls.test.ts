import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { closePools, openPool, send, textOf } from '../support/exchanges.js';
import { RawServer, eachRequest, success } from '../support/raw-server.js';
import { eventually } from '../support/wait.js';

afterEach(closePools);

describe('over TLS, which gives record after record', () => {
  test.each([
    ['that keeps its connection', ''],
    ['that ends it', 'connection: close\r\n'],
  ])('a second TLS record in one packet with a response %s belongs to none', async (_name, header) => {
    let onRecord = () => {};
    const record = () => new Promise<void>((resolve) => (onRecord = resolve));
    let isAsked = false;
    await using server = await RawServer.start((socket) => {
      socket.setNoDelay();
      eachRequest(socket, async (_body, count) => {
        isAsked = true;
        socket.write(success(count).replace('\r\n', `\r\n${header}`));
        await record();
        socket.write(success(99));
      });
    }, true);
    /** Joins the two records of a response. */
    await using relay = await RawServer.start((near) => {
      const far = connect(server.port, '127.0.0.1').on('error', () => {});
      near.on('close', () => far.destroy()).on('data', (chunk) => far.write(chunk));
      let first: Buffer | undefined;
      far.on('data', (chunk: Buffer) => {
        if (!isAsked) return void near.write(chunk);
        onRecord();
        if (first !== undefined) near.write(Buffer.concat([first, chunk]));
        first = first === undefined ? chunk : undefined;
      });
    });
    const pool = await openPool({}, true);
    const exchange = send(pool, relay.url.replace('http:', 'https:'));
    expect(await textOf(exchange)).toContain('"TaskId":1');
    expect(exchange.hasSurplus).toBe(true);
  });

  test.each([1, 60])('%i bytes of a TLS record on an idle connection end it', async (held) => {
    let sendLate = () => false;
    await using server = await RawServer.start((socket) => {
      eachRequest(socket, (_body, count) => {
        socket.write(success(count));
        sendLate = () => socket.write(success(99));
      });
    }, true);
    let forwarded = 0;
    let isLate = false;
    /** Forwards what the server says, but holds back the rest of a record that comes while nothing is asked. */
    await using relay = await RawServer.start((near) => {
      let rest: Buffer | undefined;
      // A few bytes would otherwise wait until those before them are acknowledged.
      near.setNoDelay();
      const far = connect(server.port, '127.0.0.1').on('error', () => {});
      near
        .on('close', () => far.destroy())
        .on('data', (chunk) => {
          far.write(chunk);
          if (rest !== undefined) near.write(rest);
        });
      far.on('data', (chunk: Buffer) => {
        rest = isLate ? chunk.subarray(held) : undefined;
        near.write(isLate ? chunk.subarray(0, held) : chunk, () => forwarded++);
      });
    });
    const pool = await openPool({}, true);
    const url = relay.url.replace('http:', 'https:');
    await send(pool, url).response;
    isLate = true;
    const before = forwarded;
    sendLate();
    await eventually(() => expect(forwarded).toBe(before + 1));
    // What was written before an echo is asked for has arrived when that comes back.
    await using echo = await RawServer.start((socket) => socket.pipe(socket));
    const sound = connect(echo.port, '127.0.0.1');
    sound.end('.');
    await once(sound, 'data');
    isLate = false;
    expect(await textOf(send(pool, url))).toContain('"TaskId":1');
    expect(server.connections).toBe(2);
  });
});

import type { BeforeApplicationShutdown } from '@nestjs/common';
import { Inject, Module } from '@nestjs/common';
import { OutboundClient } from '@tccc/outbound';

/** One client for the application, closed with it. */
@Module({
  providers: [
    {
      provide: OutboundClient,
      useFactory: () => {
        const endpoint = process.env['TCCC_ENDPOINT'];
        return new OutboundClient(endpoint === undefined ? { site: 'intl' } : { endpoint });
      },
    },
  ],
  exports: [OutboundClient],
})
export class OutboundModule implements BeforeApplicationShutdown {
  constructor(@Inject(OutboundClient) private readonly client: OutboundClient) {}

  /** Before the server closes: it waits for its requests, and these would wait for their turn. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

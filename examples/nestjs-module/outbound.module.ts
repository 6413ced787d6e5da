import type { OnApplicationShutdown } from '@nestjs/common';
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
export class OutboundModule implements OnApplicationShutdown {
  constructor(@Inject(OutboundClient) private readonly client: OutboundClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}

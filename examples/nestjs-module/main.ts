import 'reflect-metadata';
import { Body, Controller, HttpException, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { OutboundClient, isTcccError } from '@tccc/outbound';
import { OutboundModule } from './outbound.module.js';

@Controller('calls')
class CallsController {
  constructor(@Inject(OutboundClient) private readonly client: OutboundClient) {}

  @Post()
  async create(@Body() { phone }: { phone: string }): Promise<{ task: number }> {
    const task = {
      SdkAppId: 1400000000,
      NotBefore: Math.floor(Date.now() / 1000),
      Callees: [phone],
      Callers: ['008602012345678'],
      IvrId: 8,
    };
    try {
      const { TaskId } = await this.client.createAutoCalloutTask(task);
      return { task: TaskId };
    } catch (error) {
      if (!isTcccError(error)) throw error;
      const { outcome, code } = error;
      throw new HttpException({ outcome, code }, outcome === 'not-executed' ? 503 : 500);
    }
  }
}

@Module({ imports: [OutboundModule], controllers: [CallsController] })
class AppModule {
  readonly name = 'calls';
}

const app = await NestFactory.create(AppModule);
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');

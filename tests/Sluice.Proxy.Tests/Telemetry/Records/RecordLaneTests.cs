using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry.Records;

/// <summary>From a worker to a drain that is slow.</summary>
public sealed class RecordLaneTests
{
    [Fact]
    public async Task DrainThatStands_CostsRecords_NeverTheWorker()
    {
        var drain = new StandingDrain();
        using var worker = new Worker(0, (_, _) => { });
        worker.Start();
        var counters = new RecordCounters();
        var lane = new RecordLane(worker, drain, new LineStream { Gateway = "a/b" }, counters);
        drain.Add([lane]);

        const int RecordBytes = RecordBuffer.Size / 4;
        await worker.InvokeAsync(() =>
        {
            for (var i = 0; i < 100; i++)
                Write(lane, RecordBytes);
        }).Within("a worker that waits for nobody");

        // One buffer may have been taken already.
        Assert.Equal(100, counters.Written + counters.Dropped);
        Assert.InRange(counters.Written, 4 * RecordLane.Buffers, 4 * (RecordLane.Buffers + 1));

        drain.Go.Set();
        await Eventually.Holds(() => drain.Records >= 4 * (RecordLane.Buffers - 1), "what was handed over is written");
        await worker.InvokeAsync(() =>
        {
            Write(lane, 10);
            lane.Close();
        });
        await Eventually.Is(counters.Written, () => drain.Records, "all records");
        worker.Stop();
        worker.Join();
        drain.Dispose();
    }

    [Fact]
    public async Task Record_IsHandedOver_AfterAMoment()
    {
        var drain = new StandingDrain();
        drain.Go.Set();
        using var worker = new Worker(0, (_, _) => { });
        worker.Start();
        var lane = new RecordLane(worker, drain, new LineStream { Gateway = "a/b" }, new RecordCounters());
        drain.Add([lane]);

        await worker.InvokeAsync(() => Write(lane, 10));

        await Eventually.Is(1, () => drain.Records, "records");
        worker.Stop();
        worker.Join();
        drain.Dispose();
    }

    [Fact]
    public async Task RecordThatIsTooLarge_IsDropped()
    {
        var drain = new StandingDrain();
        using var worker = new Worker(0, (_, _) => { });
        worker.Start();
        var counters = new RecordCounters();
        var lane = new RecordLane(worker, drain, new LineStream { Gateway = "a/b" }, counters);

        await worker.InvokeAsync(() =>
        {
            Write(lane, 10);
            Write(lane, RecordBuffer.Size + 1);
            Write(lane, 10);
        });

        Assert.Equal((2, 1), (counters.Written, counters.Dropped));
        worker.Stop();
        worker.Join();
    }

    private static void Write(RecordLane lane, int bytes)
    {
        while (true)
        {
            var space = lane.Reserve();
            if (space.Length >= bytes)
            {
                lane.Commit(bytes);
                return;
            }

            if (space.IsEmpty || !lane.TryMakeRoom())
            {
                lane.CountDropped();
                return;
            }
        }
    }

    private sealed class StandingDrain : RecordDrain
    {
        private long _records;

        public ManualResetEventSlim Go { get; } = new(false);

        public long Records => Interlocked.Read(ref _records);

        public override string Name => "a drain";

        protected override int Write(RecordStream stream, RecordBuffer buffer)
        {
            Go.Wait(TimeSpan.FromSeconds(60));
            Interlocked.Add(ref _records, buffer.Count);
            return 0;
        }
    }
}

using System.Collections.Concurrent;
using Sluice.Controller.Clustered;
using Sluice.Controller.Tests.Streaming;
using Sluice.Controller.Tests.Support;
using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>One item's trouble is not that of the others.</summary>
public sealed class ApiWorkerTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(422)]
    [InlineData(-1)]
    public async Task ItemThatTheServerFailsAt_HoldsUpNoOther(int status)
    {
        // The clock stands still: whoever waits for a pause waits for ever.
        var worker = new Worker(new ManualClock()) { Fails = item => item == "bad", Status = status };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = worker.RunAsync(stop.Token);
        worker.Add("bad");
        await Guard.Eventually(() => worker.Done.Contains("bad"), "the first attempt");

        worker.Add("good");

        await Guard.Eventually(() => worker.Done.Contains("good"), "the other item");
        await Guard.Eventually(() => !worker.Failures.IsEmpty, "the failure to be told");
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task ServerThatFailsAtAll_IsLeftInPeace()
    {
        var worker = new Worker(new ManualClock()) { Fails = _ => true, Status = 500 };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = worker.RunAsync(stop.Token);
        foreach (var item in (string[])["a", "b", "c"])
        {
            worker.Add(item);
            await Guard.Eventually(() => worker.Done.Contains(item), "the attempt");
        }

        // Given back after it was counted, so that the pause is known by now.
        await Guard.Eventually(() => worker.GivenBack == 3, "the end of the attempts");
        worker.Add("d");
        await stop.CancelAsync();
        await running;
        Assert.DoesNotContain("d", worker.Done);
    }

    [Fact]
    public async Task ServerThatAsksForAnEternity_IsGrantedAMinute()
    {
        var clock = new ManualClock();
        var worker = new Worker(clock) { Fails = _ => true, Status = 503, RetryAfter = TimeSpan.FromDays(365) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = worker.RunAsync(stop.Token);
        worker.Add("a");
        await Guard.Eventually(() => worker.GivenBack == 1, "the first attempt");

        clock.Now += TimeSpan.FromSeconds(61);
        worker.Wake();

        await Guard.Eventually(() => worker.Done.Count >= 2, "the next attempt");
        await stop.CancelAsync();
        await running;
    }

    private sealed class Worker(TimeProvider clock) : ApiWorker<string>(clock)
    {
        private readonly ConcurrentDictionary<string, DateTimeOffset> _due = new();
        private int _givenBack;

        public required Func<string, bool> Fails { get; init; }

        /// <summary>Of the answer; -1 for a defect of the program.</summary>
        public required int Status { get; init; }

        public TimeSpan? RetryAfter { get; init; }

        public ConcurrentBag<string> Done { get; } = [];

        public ConcurrentBag<string> Failures { get; } = [];

        public int GivenBack => Volatile.Read(ref _givenBack);

        public void Add(string item)
        {
            _due[item] = Clock.GetUtcNow();
            Wake();
        }

        protected override void Begin()
        {
        }

        protected override string? TakeDue(out DateTimeOffset? next)
        {
            next = null;
            foreach (var (item, due) in _due.OrderBy(pair => pair.Value))
            {
                if (due > Clock.GetUtcNow())
                {
                    next = due;
                    return null;
                }

                if (_due.TryRemove(item, out _))
                    return item;
            }

            return null;
        }

        protected override Task WorkAsync(string item, CancellationToken cancellation)
        {
            Done.Add(item);
            return !Fails(item) ? Task.CompletedTask
                : Status < 0 ? throw new InvalidOperationException("a defect")
                : throw new ApiException(Status, "InternalError", "failed calling webhook", retryAfter: RetryAfter);
        }

        protected override void GiveBack(string item, bool again)
        {
            if (again)
                _due[item] = Clock.GetUtcNow();
            Interlocked.Increment(ref _givenBack);
        }

        protected override void Refused(string item) => PutOff(item, TimeSpan.FromMinutes(1));

        protected override void PutOff(string item, TimeSpan pause) => _due[item] = Clock.GetUtcNow() + pause;

        protected override void Failed(string item, ApiException error) => Failures.Add(error.Message);
    }
}

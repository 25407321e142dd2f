using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Faults;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.Faults;

public sealed class FaultFilterTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(100, 2000, 2000)]
    [InlineData(50, 900, 1100)]
    public void Abort_HitsItsShare(int percentage, int least, int most)
    {
        IRequestFilter filter = Assert.Single(Create(new FaultInjectionPolicy { Abort = new FaultAbort { HttpStatus = 503, Percentage = percentage } }));
        FilterRun run = FilterRun.Get();

        int hit = 0;
        for (int i = 0; i < 2000; i++)
            hit += run.Apply(filter) == FilterVerdict.Deny ? 1 : 0;

        Assert.InRange(hit, least, most);
    }

    [Fact]
    public void Abort_WithAStatusOfGrpc_HasBoth()
    {
        FilterRun run = FilterRun.Get();

        run.Apply(Assert.Single(Create(new FaultInjectionPolicy { Abort = new FaultAbort { GrpcStatus = 14 } })));

        Assert.Equal((503, 14, "fault_filter_abort"), (run.Status, run.Context.Denial!.GrpcStatus, run.Reason));
    }

    [Fact]
    public async Task Delay_ThenAbort()
    {
        var chain = new FilterChain(Create(new FaultInjectionPolicy { Delay = new FaultDelay(TimeSpan.FromSeconds(5)), Abort = new FaultAbort { HttpStatus = 418 } }));
        FilterRun run = FilterRun.Get();

        Assert.Equal(FilterVerdict.Pending, chain.Run(run.Head, run.Context));
        Task<FilterVerdict> finishing = chain.FinishAsync(run.Head, run.Context);
        run.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(finishing.IsCompleted);
        run.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(FilterVerdict.Deny, await finishing);
        Assert.Equal(418, run.Status);
    }

    [Fact]
    public async Task Delay_WhenTheClientGoes_EndsAtOnce()
    {
        var chain = new FilterChain(Create(new FaultInjectionPolicy { Delay = new FaultDelay(TimeSpan.FromSeconds(5)) }));
        FilterRun run = FilterRun.Get();

        chain.Run(run.Head, run.Context);
        Task<FilterVerdict> finishing = chain.FinishAsync(run.Head, run.Context);
        run.Context.Cancel();

        Assert.Equal(FilterVerdict.Cancelled, await finishing);
    }

    [Fact]
    public void MaxActiveFaults_LeavesTheOthersAlone()
    {
        IRequestFilter filter = Assert.Single(Create(new FaultInjectionPolicy
        {
            Delay = new FaultDelay(TimeSpan.FromSeconds(5)),
            ResponseRateLimit = new FaultRateLimit(8),
            MaxActiveFaults = 2,
        }));
        FilterRun[] runs = [FilterRun.Get(), FilterRun.Get(), FilterRun.Get()];

        Assert.Equal([FilterVerdict.Pending, FilterVerdict.Pending, FilterVerdict.Continue], runs.Select(run => run.Apply(filter)));
        Assert.Equal([1000, 1000, 0], runs.Select(run => run.Context.ResponseBytesPerSecond));
        runs[0].Context.End();

        Assert.Equal(FilterVerdict.Pending, FilterRun.Get().Apply(filter));
        Assert.Equal(FilterVerdict.Continue, FilterRun.Get().Apply(filter));
    }

    [Fact]
    public void Create_WhatCannotBe_InjectsNothing_AndIsReported()
    {
        FaultInjectionPolicy[] policies =
        [
            new() { Delay = new FaultDelay(TimeSpan.Zero) },
            new() { Delay = new FaultDelay(TimeSpan.FromHours(2)) },
            new() { Delay = new FaultDelay(TimeSpan.FromSeconds(1), 101) },
            new() { Abort = new FaultAbort() },
            new() { Abort = new FaultAbort { HttpStatus = 503, GrpcStatus = 1 } },
            new() { Abort = new FaultAbort { HttpStatus = 199 } },
            new() { Abort = new FaultAbort { GrpcStatus = 17 } },
            new() { Abort = new FaultAbort { HttpStatus = 503, Percentage = -1 } },
            new() { ResponseRateLimit = new FaultRateLimit(0) },
            new() { MaxActiveFaults = -1 },
        ];
        foreach (FaultInjectionPolicy policy in policies)
        {
            var problems = new List<string>();

            Assert.Empty(FaultFilters.Create(policy, problems));
            Assert.Single(problems);
        }
    }

    private static IReadOnlyList<IRequestFilter> Create(FaultInjectionPolicy policy)
    {
        var problems = new List<string>();
        IReadOnlyList<IRequestFilter> filters = FaultFilters.Create(policy, problems);
        Assert.Empty(problems);
        return filters;
    }
}

using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Buffering;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.Buffering;

public sealed class BufferFilterTests
{
    [Theory]
    [InlineData(-1, false)]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    [InlineData(long.MaxValue, true)]
    public void Apply_WhatSaysThatItIsTooLarge_Is413(long length, bool isDenied)
    {
        FilterRun run = FilterRun.Get();
        run.Head.ContentLength = length;

        FilterVerdict verdict = run.Apply(new BufferFilter(new BufferPolicy(1000)));

        Assert.Equal(isDenied ? FilterVerdict.Deny : FilterVerdict.Continue, verdict);
        if (isDenied)
            Assert.Equal(413, run.Status);
    }

    [Fact]
    public void Apply_ATunnel_IsNotMeasured()
    {
        FilterRun run = FilterRun.Get();
        run.Head.IsWebSocketUpgrade = true;

        Assert.Equal(FilterVerdict.Continue, run.Apply(new BufferFilter(new BufferPolicy(1))));
    }
}

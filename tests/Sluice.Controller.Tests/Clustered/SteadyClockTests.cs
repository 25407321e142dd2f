using Sluice.Controller.Clustered;
using Sluice.Controller.Statuses;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Tests.Clustered;

public sealed class SteadyClockTests
{
    private readonly SteppingClock _clock = new();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void ClockThatIsSet_ChangesNothing_AndTimeThatPassesDoes(int hours)
    {
        var steady = new SteadyClock(_clock);
        var start = steady.GetUtcNow();

        _clock.Step(TimeSpan.FromHours(hours));
        Assert.Equal(start, steady.GetUtcNow());

        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(start.AddSeconds(3), steady.GetUtcNow());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void StatusThatIsDue_IsWritten_WhateverSomebodySetsTheClockTo(int hours)
    {
        var book = new StatusBook(["sluice.dev/gateway-controller"], new SteadyClock(_clock));
        book.Want("HTTPRoute", new Dictionary<NamespacedName, RouteStatus> { [new NamespacedName("n", "a")] = new RouteStatus([]) });
        _clock.Step(TimeSpan.FromHours(hours));
        var record = book.TakeDue(out _);
        Assert.NotNull(record);

        // Put off by seconds, not by the step.
        book.Refused(record);
        book.GiveBack(record, again: false);
        Assert.Null(book.TakeDue(out _));
        _clock.Step(TimeSpan.FromHours(-hours));
        Assert.Null(book.TakeDue(out _));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Same(record, book.TakeDue(out _));
    }
}

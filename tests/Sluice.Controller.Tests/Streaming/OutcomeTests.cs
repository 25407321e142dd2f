using Sluice.Configuration;
using Sluice.Configuration.Streaming;
using Sluice.Controller.Streaming;
using Sluice.Controller.Tests.Support;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>What several proxies' answers come to.</summary>
public sealed class OutcomeTests
{
    private static readonly ProxyConfiguration Configuration = TestConfigurations.Answering(80, "x");

    [Fact]
    public async Task NoProxy_IsPending() =>
        Assert.Same(ApplyOutcome.Pending, await new RemoteDataPlane(new StreamHub(new StreamLimits { ReturnTolerance = TimeSpan.Zero }, TimeProvider.System)).ApplyAsync(Configuration).Within("the outcome"));

    /// <summary>Proxies that are running find a controller that has started again after a while: until then they are not said to serve nothing.</summary>
    [Fact]
    public async Task NoProxy_RightAfterTheStart_IsAwaited_AndPendingLater()
    {
        var clock = new SteppingClock();
        using var hub = new StreamHub(new StreamLimits(), clock);
        var plane = new RemoteDataPlane(hub);

        Assert.Same(ApplyOutcome.Awaited, await plane.ApplyAsync(Configuration).Within("the outcome"));
        clock.Advance(hub.Limits.ReturnTolerance);

        Assert.Same(ApplyOutcome.Pending, plane.OutcomeOf(TestConfigurations.Gateway));
    }

    [Fact]
    public async Task ProxyThatDoesNotAnswer_CountsForNothing_AfterAWhile()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { AnswerTimeout = TimeSpan.FromMilliseconds(300) });
        await using var good = await RawStream.OpenAsync(server);
        await using var dumb = await RawStream.OpenAsync(server);
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 2 }], "two streams");

        var applying = server.DataPlane.ApplyAsync(Configuration);
        await AnswerAsync(good, new Answer(0, true, [], []));

        // On a slow machine the good one's answer may come after that while, too: then it still counts.
        await applying.Within("the outcome");
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "the good proxy's answer to count");
        Assert.Equal((1, 0), server.DataPlane.Proxies[0] is var counts ? (counts.Applied, counts.Rejected) : default);
    }

    [Fact]
    public async Task ProxiesThatNeverAnswer_LeaveItPending()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { AnswerTimeout = TimeSpan.FromMilliseconds(100) });
        await using var dumb = await RawStream.OpenAsync(server);
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 1 }], "the stream");

        Assert.Same(ApplyOutcome.Pending, await server.DataPlane.ApplyAsync(Configuration).Within("the outcome"));
    }

    [Fact]
    public async Task LaterAnswer_ChangesTheOutcome_AndIsTold()
    {
        await using var server = await StreamServer.StartAsync();
        await server.DataPlane.ApplyAsync(Configuration);
        var told = new SemaphoreSlim(0);
        server.DataPlane.OutcomeChanged += gateway =>
        {
            if (server.DataPlane.OutcomeOf(gateway) == ApplyOutcome.Success)
                told.Release();
        };

        await using (var proxy = await RawStream.OpenAsync(server))
        {
            await AnswerAsync(proxy, new Answer(0, true, [], []));
            await told.WaitAsync(TestContext.Current.CancellationToken).Within("the event");
        }

        // A restart of the only proxy is no end of it.
        await Guard.Eventually(() => server.DataPlane.Proxies is [{ Connected: 0 }], "the proxy to leave");
        Assert.Same(ApplyOutcome.Success, server.DataPlane.OutcomeOf(TestConfigurations.Gateway));
    }

    [Fact]
    public async Task LastProxyThatStaysAway_MakesItPending()
    {
        await using var server = await StreamServer.StartAsync(new StreamLimits { AbsenceTolerance = TimeSpan.FromMilliseconds(50) });
        await server.DataPlane.ApplyAsync(Configuration);
        await using (var proxy = await RawStream.OpenAsync(server))
        {
            await AnswerAsync(proxy, new Answer(0, true, [], []));
            await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "success");
        }

        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Pending, "pending");
    }

    [Fact]
    public async Task GatewayThatHasGone_LeavesNothingBehind()
    {
        await using var server = await StreamServer.StartAsync();
        await server.DataPlane.ApplyAsync(Configuration);
        await using (var proxy = await RawStream.OpenAsync(server))
        {
            await proxy.ReadUpdateAsync(new UpdateReader());
            await server.DataPlane.RemoveAsync(TestConfigurations.Gateway);
            Assert.Same(ApplyOutcome.Pending, server.DataPlane.OutcomeOf(TestConfigurations.Gateway));
            Assert.Single(server.Hub.Feeds);
        }

        await Guard.Eventually(() => !server.Hub.Feeds.Any(), "the feed to go");
    }

    [Fact]
    public void ListenersThatOneProxyCannotServe_HaveFailed_AndARefusalBesideSuccessIsAWarning()
    {
        var error = new AnswerError("http", "the port is taken", ApplyErrorReason.PortUnavailable);

        var outcome = AnswerSummary.Of(
        [
            new Answer(1, true, [error], ["w"]),
            new Answer(1, true, [error], ["w"]),
            new Answer(1, false, [new AnswerError(null, "too odd", ApplyErrorReason.Invalid)], []),
        ]);

        Assert.True(outcome.Applied);
        Assert.Equal([new ApplyFailure("http", "the port is taken", ApplyErrorReason.PortUnavailable)], outcome.Failures);
        Assert.Equal(["a proxy has refused the configuration and serves the one before: too odd", "w"], outcome.Warnings);
    }

    [Fact]
    public void Refusal_ByAll_IsOne()
    {
        var refusal = new Answer(1, false, [new AnswerError(null, "odd", ApplyErrorReason.Invalid)], []);

        var outcome = AnswerSummary.Of([refusal, refusal]);

        Assert.False(outcome.Applied);
        Assert.Equal([new ApplyFailure(null, "odd", ApplyErrorReason.Invalid)], outcome.Failures);
    }

    /// <summary>Answers the next update, whatever its version.</summary>
    private static async Task AnswerAsync(RawStream stream, Answer answer) =>
        await stream.SendAsync(StreamMessages.Write(answer with { Version = await stream.ReadUpdateAsync(new UpdateReader()) }));
}

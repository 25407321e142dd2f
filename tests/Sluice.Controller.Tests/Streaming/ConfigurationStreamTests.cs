using Sluice.Controller.Streaming;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>A controller and proxies over real sockets.</summary>
public sealed class ConfigurationStreamTests
{
    [Fact]
    public async Task Proxy_GetsTheConfiguration_ThenChanges_AndServesThem()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions;
        var port = Loopback.FreePort(options.Addresses[0]);
        var first = TestConfigurations.Answering(port, "first", endpoints: 1000);
        Assert.True((await server.DataPlane.ApplyAsync(first)).IsPending);
        await using var proxy = RunningProxy.Start(options);
        await proxy.WaitReadyAsync();

        Assert.Equal("first", await proxy.GetAsync(port));
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "the outcome");
        var bytes = server.Hub.Counters.Bytes;
        Assert.Same(ApplyOutcome.Success, await server.DataPlane.ApplyAsync(first.WithEndpoint(7)).Within("the answer"));
        Assert.InRange(server.Hub.Counters.Bytes - bytes, 50, 400);
        Assert.Same(ApplyOutcome.Success, await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "second")).Within("the answer"));

        Assert.Equal("second", await proxy.GetAsync(port));
        Assert.Equal((1, 2), (server.Hub.Counters.Full, server.Hub.Counters.Deltas));
        var counts = Assert.Single(server.DataPlane.Proxies);
        Assert.Equal((TestConfigurations.Gateway, 1, 1, 0), (counts.Gateway, counts.Connected, counts.Applied, counts.Rejected));
    }

    [Fact]
    public async Task ConfigurationThatIsRefused_SaysWhy_AndTheOneBeforeIsServed()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions;
        var port = Loopback.FreePort(options.Addresses[0]);
        var good = TestConfigurations.Answering(port, "good");
        await server.DataPlane.ApplyAsync(good);
        await using var proxy = RunningProxy.Start(options);
        await proxy.WaitReadyAsync();

        var outcome = await server.DataPlane.ApplyAsync(good.WithBadEndpoint()).Within("the answer");

        Assert.False(outcome.Applied);
        Assert.Contains("0 is no port of an endpoint", Assert.Single(outcome.Failures).Message, StringComparison.Ordinal);
        Assert.Equal("good", await proxy.GetAsync(port));
        Assert.Same(ApplyOutcome.Success, await server.DataPlane.ApplyAsync(good.WithEndpoint(9)).Within("the answer"));
    }

    [Fact]
    public async Task ListenerThatCannotBeBound_IsTheListenersFailure()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions;
        using var taken = new System.Net.Sockets.TcpListener(options.Addresses[0], 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        await using var proxy = RunningProxy.Start(options);
        await Guard.Eventually(() => server.Hub.Counters.Opened == 1 && server.DataPlane.Proxies is [{ Connected: 1 }], "the stream");

        var outcome = await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "x")).Within("the answer");

        Assert.True(outcome.Applied);
        Assert.Equal("http", Assert.Single(outcome.Failures).Listener);

        // Tried again until the port is free.
        taken.Stop();
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "the port to be bound");
        Assert.Equal("x", await proxy.GetAsync(port));
    }

    [Fact]
    public async Task ControllerThatIsKilledAndComesBack_ChangesNothing()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions;
        var port = Loopback.FreePort(options.Addresses[0]);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "same", endpoints: 100));
        await using var proxy = RunningProxy.Start(options);
        await proxy.WaitReadyAsync();

        await server.StopAsync();
        Assert.Equal("same", await proxy.GetAsync(port));
        Assert.Equal(200, (await proxy.AdminAsync("/readyz")).Status);
        await server.StartAgainAsync();
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "same", endpoints: 100));
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "the proxy to come back");

        Assert.Equal((0, 1), (server.Hub.Counters.Full, server.Hub.Counters.Unchanged));
        Assert.Equal("same", await proxy.GetAsync(port));
        Assert.Same(ApplyOutcome.Success, await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "changed")).Within("the answer"));
        Assert.Equal("changed", await proxy.GetAsync(port));
    }

    [Fact]
    public async Task ControllerThatComesBackWithAnotherConfiguration_SendsAllOfIt()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions;
        var port = Loopback.FreePort(options.Addresses[0]);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "before"));
        await using var proxy = RunningProxy.Start(options);
        await proxy.WaitReadyAsync();

        await server.StopAsync();
        await server.StartAgainAsync();
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "after"));
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == ApplyOutcome.Success, "the proxy to come back");

        Assert.Equal("after", await proxy.GetAsync(port));
        Assert.Equal(1, server.Hub.Counters.Full);
    }

    [Fact]
    public async Task TokenAndAuthorities_AreReadForEveryConnection()
    {
        await using var server = await StreamServer.StartAsync();
        var authorities = await File.ReadAllTextAsync(server.CaFile, TestContext.Current.CancellationToken);
        var options = server.ProxyOptions;
        var port = Loopback.FreePort(options.Addresses[0]);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "x"));
        await File.WriteAllTextAsync(server.TokenFile, "stale", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(server.CaFile, AuthorityKey.Make(DateTimeOffset.UtcNow, TimeSpan.FromDays(1)).CertificatePem, TestContext.Current.CancellationToken);
        await using var proxy = RunningProxy.Start(options);

        await Guard.Eventually(() => proxy.Errors.Contains("the certificate of", StringComparison.Ordinal), "the complaint about the certificate");
        Assert.Equal(0, server.Ended(StreamEnd.Unauthenticated));
        await File.WriteAllTextAsync(server.CaFile, authorities, TestContext.Current.CancellationToken);
        await Guard.Eventually(() => proxy.Errors.Contains("refused (401): the token is not valid here", StringComparison.Ordinal), "the complaint about the token");
        Assert.Equal(503, (await proxy.AdminAsync("/readyz")).Status);
        await File.WriteAllTextAsync(server.TokenFile, FakeAuthenticator.Token, TestContext.Current.CancellationToken);

        await proxy.WaitReadyAsync();
    }

    [Fact]
    public async Task ServerName_MustBeOneOfTheCertificates()
    {
        await using var server = await StreamServer.StartAsync();
        await using var proxy = RunningProxy.Start(server.ProxyOptions with { ServerName = "other.test" });

        await Guard.Eventually(() => proxy.Errors.Contains("It must be for other.test", StringComparison.Ordinal), "the complaint");
        Assert.Equal(0, server.Hub.Counters.Opened);
    }

    [Fact]
    public async Task SeveralProxies_ShareWhatIsEncoded_AndAllMustAnswer()
    {
        const int Count = 5;
        await using var server = await StreamServer.StartAsync();
        var configuration = TestConfigurations.Answering(80, "x", endpoints: 2000);
        await server.DataPlane.ApplyAsync(configuration);
        var streams = new List<RawStream>();
        try
        {
            for (var i = 0; i < Count; i++)
                streams.Add(await RawStream.OpenAsync(server));
            var readers = streams.ConvertAll(_ => new Sluice.Configuration.Streaming.UpdateReader());
            for (var i = 0; i < Count; i++)
                await streams[i].ReadUpdateAsync(readers[i]);
            var feed = Assert.Single(server.Hub.Feeds);
            Assert.Same(feed.Current!.UpdateFrom(null, null), feed.Current.UpdateFrom(null, "another"));

            var applying = server.DataPlane.ApplyAsync(configuration.WithEndpoint(1));
            for (var i = 0; i < Count; i++)
            {
                Assert.False(applying.IsCompleted && i < Count && server.DataPlane.Proxies[0].Applied < i);
                var version = await streams[i].ReadUpdateAsync(readers[i]);
                await streams[i].SendAsync(Sluice.Configuration.Streaming.StreamMessages.Write(new Sluice.Configuration.Streaming.Answer(version, true, [], [])));
            }

            Assert.Same(ApplyOutcome.Success, await applying.Within("all answers"));
            Assert.Equal((Count, Count), (server.Hub.Counters.Full, server.Hub.Counters.Deltas));
        }
        finally
        {
            foreach (var stream in streams)
                await stream.DisposeAsync();
        }
    }
}

using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Leases;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Leases;

public sealed class LeaderElectionTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Run_NoLease_CreatesItAndLeads()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();

        Assert.True(one.Election.IsLeader);
        Assert.Equal("one", one.Election.Leader);
        var spec = Spec();
        Assert.Equal("one", (string?)spec["holderIdentity"]);
        Assert.Equal(15, (int)spec["leaseDurationSeconds"]!);
        Assert.Equal(0, (int)spec["leaseTransitions"]!);
        Assert.Equal("2026-03-02T09:00:00.000000Z", (string?)spec["renewTime"]);
    }

    [Fact]
    public async Task Run_Leader_RenewsAndLeavesWhatOthersWrote()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        var lease = Lease();
        lease["metadata"]!["labels"] = new JsonObject { ["app"] = "sluice" };
        Store(lease);

        await one.PassAsync(6);

        Assert.True(one.Election.IsLeader);
        Assert.Equal("2026-03-02T09:00:06.000000Z", (string?)Spec()["renewTime"]);
        Assert.Equal("2026-03-02T09:00:00.000000Z", (string?)Spec()["acquireTime"]);
        Assert.Equal("sluice", (string?)Lease()["metadata"]!["labels"]!["app"]);
        Assert.Equal(1, one.Terms);
    }

    [Fact]
    public async Task Run_SecondCandidate_WaitsAndFollows()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");

        await PassAsync(60, one, two);

        Assert.True(one.Election.IsLeader);
        Assert.False(two.Election.IsLeader);
        Assert.Equal("one", two.Election.Leader);
        Assert.Equal(0, two.Terms);
    }

    [Fact]
    public async Task Stop_Leader_GivesTheLeaseUp()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");
        await two.PauseAsync();

        await one.StopAsync();
        Assert.False(one.IsWorking);
        Assert.Equal("", (string?)Spec()["holderIdentity"]);
        await two.PassAsync(3);

        Assert.True(two.Election.IsLeader);
        Assert.Equal(1, (int)Spec()["leaseTransitions"]!);
        Assert.Equal(["one", "two"], two.Leaders.Where(leader => leader.Length > 0));
    }

    [Fact]
    public async Task Run_LeaderDies_IsFollowedAfterTheLeaseDuration()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");
        await two.PauseAsync();

        // The first one's time stands still: it renews nothing any more.
        await two.PassAsync(14);
        Assert.False(two.Election.IsLeader);
        await two.PassAsync(3);

        Assert.True(two.Election.IsLeader);
    }

    [Fact]
    public async Task Run_LeaderIsCutOff_StepsDownBeforeAnotherLeads()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");
        await two.PauseAsync();
        Refuse("one");

        var sinceLoss = 0;
        while (!two.Election.IsLeader)
        {
            await PassAsync(1, one, two);
            Assert.False(one.Election.IsLeader && two.Election.IsLeader);
            if (!one.Election.IsLeader)
                sinceLoss++;
            Assert.InRange(sinceLoss, 0, 20);
        }

        Assert.InRange(sinceLoss, 4, 20);
        Assert.False(one.IsWorking);
        Assert.Contains(one.Problems, problem => problem?.Contains("500", StringComparison.Ordinal) == true);
        _server.Always = null;
        await PassAsync(10, one, two);
        Assert.Equal("two", one.Election.Leader);
        Assert.Equal(1, one.Terms);
    }

    [Fact]
    public async Task Run_LeaderThatComesBackInTime_GoesOn()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        Refuse("one");
        await one.PassAsync(6);

        _server.Always = null;
        await one.PassAsync(20);

        Assert.Equal(1, one.Terms);
        Assert.True(one.Election.IsLeader);
        Assert.Null(one.Problems[^1]);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(15)]
    public async Task Run_TimeOfDaySteps_ChangesNothing(int seconds)
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");
        await PassAsync(4, one, two);

        one.Clock.Step(TimeSpan.FromSeconds(seconds));
        await PassAsync(20, one, two);
        two.Clock.Step(TimeSpan.FromSeconds(seconds));
        await PassAsync(20, one, two);
        one.Clock.Step(TimeSpan.FromSeconds(-2 * seconds));
        await PassAsync(20, one, two);

        Assert.True(one.Election.IsLeader);
        Assert.Equal(1, one.Terms);
        Assert.Equal(0, two.Terms);
    }

    [Fact]
    public async Task Run_ProcessThatStoodStill_IsNoLeaderWhenItWakes()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        await using var two = new Candidate(_server, "two");
        await two.PassAsync(17);
        Assert.True(two.Election.IsLeader);

        // Its time stood still until now: whoever asks first when it goes on, before the election does anything, gets no for an answer.
        bool? isLeader = null;
        await using var first = one.Clock.CreateTimer(_ => isLeader = one.Election.IsLeader, null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        one.Clock.Advance(TimeSpan.FromSeconds(17));
        Assert.False(isLeader);
        await one.PauseAsync();

        Assert.False(one.IsWorking);
        Assert.True(two.Election.IsLeader);
        Assert.Equal("two", (string?)Spec()["holderIdentity"]);
    }

    [Fact]
    public async Task Run_LeaseTakenByForce_IsRespected()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        var lease = Lease();
        lease["spec"]!["holderIdentity"] = "other";
        Store(lease);

        await one.PassAsync(5);

        Assert.False(one.Election.IsLeader);
        Assert.False(one.IsWorking);
        Assert.Equal("other", one.Election.Leader);
        Assert.Equal("other", (string?)Spec()["holderIdentity"]);
    }

    [Fact]
    public async Task Run_LeaseDeleted_IsMadeAnew()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        _server.Store.Delete(ApiResources.Leases, Candidate.Lease.Namespace, Candidate.Lease.Name);

        await one.PassAsync(6);

        Assert.True(one.Election.IsLeader);
        Assert.Equal("one", (string?)Spec()["holderIdentity"]);
    }

    [Fact]
    public async Task Run_AnswerToRenewalLost_GoesOn()
    {
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();
        _server.Once((context, _) =>
        {
            Store(Lease());
            context.Abort();
            return Task.FromResult(true);
        });

        await one.PassAsync(12);

        Assert.True(one.Election.IsLeader);
        Assert.Equal(1, one.Terms);
    }

    [Fact]
    public async Task Run_HolderThatAskedForALongerTime_GetsIt()
    {
        Store(JsonNode.Parse("""{"metadata":{"name":"controller","namespace":"sluice-system"},"spec":{"holderIdentity":"other","leaseDurationSeconds":60}}""")!.AsObject());
        await using var one = new Candidate(_server, "one");

        await one.PassAsync(58);
        Assert.False(one.Election.IsLeader);
        await one.PassAsync(6);

        Assert.True(one.Election.IsLeader);
    }

    [Fact]
    public async Task Run_LeaseWithoutSpec_IsFree()
    {
        Store(JsonNode.Parse("""{"metadata":{"name":"controller","namespace":"sluice-system"}}""")!.AsObject());
        await using var one = new Candidate(_server, "one");
        await one.PauseAsync();

        Assert.True(one.Election.IsLeader);
    }

    [Fact]
    public async Task Run_WorkFails_GivesTheLeaseUpAndThrows()
    {
        await using var one = new Candidate(_server, "one", _ => throw new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => one.Running);

        Assert.Equal("", (string?)Spec()["holderIdentity"]);
        Assert.False(one.Election.IsLeader);
    }

    [Theory]
    [InlineData(15, 15, 2)]
    [InlineData(15, 10, 9)]
    [InlineData(0.5, 0.4, 0.1)]
    public void Options_TimesThatDoNotFit_AreRefused(double lease, double deadline, double retry)
    {
        using var client = _server.Client();

        Assert.Throws<ArgumentException>(() => new LeaderElection(client, new LeaderElectionOptions
        {
            Lease = Candidate.Lease,
            Identity = "one",
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        }));
    }

    private static async Task PassAsync(int seconds, params Candidate[] candidates)
    {
        for (var i = 0; i < seconds; i++)
        {
            foreach (var candidate in candidates)
                await candidate.PassAsync(1);
        }
    }

    /// <summary>The server fails all that this candidate asks for.</summary>
    private void Refuse(string identity) => _server.Always = async (context, request) =>
    {
        if (request.Headers["X-Candidate"] != identity)
            return false;
        await FakeOperations.StatusAsync(context, 500, "InternalError", "no");
        return true;
    };

    private JsonObject Lease() => _server.Store.Find(FakeStore.CollectionOf(ApiResources.Leases), Candidate.Lease.Namespace, Candidate.Lease.Name)!;

    private JsonObject Spec() => Lease()["spec"]!.AsObject();

    private void Store(JsonObject lease) => _server.Store.Write(FakeStore.CollectionOf(ApiResources.Leases), Candidate.Lease.Namespace, lease);
}

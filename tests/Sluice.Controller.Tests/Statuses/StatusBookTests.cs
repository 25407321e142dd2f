using System.Text;
using Sluice.Controller.Statuses;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Statuses;

public sealed class StatusBookTests
{
    private const string Ours = "sluice.dev/gateway-controller";
    private const string OurEntry = """{"parents":[{"controllerName":"sluice.dev/gateway-controller"}]}""";
    private static readonly NamespacedName A = new("n", "a");
    private static readonly NamespacedName B = new("n", "b");

    private readonly ManualClock _clock = new();
    private readonly StatusBook _book;

    public StatusBookTests() => _book = new StatusBook([Ours], _clock);

    [Fact]
    public void Want_NewStatus_IsDueAtOnce()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));

        var record = _book.TakeDue(out _)!;

        Assert.Equal(A, record.Key);
        Assert.Null(_book.Look(record)!.Value.Observed);
        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Want_SameInstances_AreNotDueAgain()
    {
        var status = Route();
        _book.Want("HTTPRoute", Routes((A, status)));
        Done(status);

        _book.Want("HTTPRoute", Routes((A, status)));

        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Observe_EchoOfOurWrite_IsNotDueAgain()
    {
        var status = Route();
        _book.Want("HTTPRoute", Routes((A, status)));
        var record = _book.TakeDue(out _)!;
        _book.Seen(record, "7", Encoding.UTF8.GetBytes(OurEntry));
        _book.Wrote(record, status);
        _book.GiveBack(record, again: false);

        Observe(A, "7", OurEntry);

        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Observe_SomebodyElseWroteOver_IsDue()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        Done(null);

        Observe(A, "9", """{"parents":[]}""");

        Assert.Equal(A, _book.TakeDue(out _)?.Key);
    }

    [Fact]
    public void Observe_OlderVersion_ChangesNothing()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        Done(null, version: "10");

        Observe(A, "9", """{"parents":[]}""");

        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Seen_OlderVersion_IsTaken_SinceServersAreRestored()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        Done(null, version: "10");
        Observe(A, "12", """{"parents":[]}""");
        var record = _book.TakeDue(out _)!;

        _book.Seen(record, "3", "{}"u8);

        Assert.Equal("3", _book.Look(record)!.Value.ResourceVersion);
        Assert.Equal("{}"u8.ToArray(), _book.Look(record)!.Value.Observed);
    }

    [Fact]
    public void Observe_EntryOfOursBeforeAnythingIsWanted_IsLeftAlone()
    {
        Observe(A, "1", OurEntry);

        Assert.Null(_book.TakeDue(out var next));
        Assert.Null(next);
    }

    [Fact]
    public void Observe_EntryOfOursThatIsNotWanted_GoesAfterAMoment()
    {
        _book.Want("HTTPRoute", Routes());
        Observe(A, "1", OurEntry, isOurs: false);

        Assert.Null(_book.TakeDue(out var next));
        _clock.Now = next!.Value;

        Assert.Empty(((RouteStatus)_book.Look(_book.TakeDue(out _)!)!.Value.Wanted).Parents);
    }

    [Fact]
    public void Observe_ObjectOfOthers_IsNotKept()
    {
        Observe(A, "1", """{"parents":[{"controllerName":"other.example/c"}]}""", isOurs: false);

        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public void Want_NotAnyMore_TakesOurEntriesOut()
    {
        _book.Want("HTTPRoute", Routes((A, Route()), (B, Route())));
        Observe(A, "1", OurEntry);
        Done(null);
        Done(null);

        _book.Want("HTTPRoute", Routes((B, Route())));

        var due = Enumerable.Range(0, 2).Select(_ => _book.TakeDue(out DateTimeOffset? _)!).Single(record => record.Key == A);
        Assert.Empty(((RouteStatus)_book.Look(due)!.Value.Wanted).Parents);
    }

    [Fact]
    public void Want_GatewayNotAnyMore_IsLeftToItsNewController()
    {
        _book.Want("Gateway", new Dictionary<NamespacedName, GatewayStatus> { [A] = Gateway(0) });
        _book.Observe("Gateway", A, "1", "{}"u8, isOurs: true);
        Done(null);

        _book.Want("Gateway", new Dictionary<NamespacedName, GatewayStatus>());

        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Forget_ObjectIsGone_NothingIsDue()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        _book.Forget("HTTPRoute", A);

        Assert.Null(_book.TakeDue(out _));
        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public void Counts_ThatChangeWithoutAPause_AreWrittenMoreAndMoreSeldom()
    {
        var writes = 0;
        var end = _clock.Now.AddSeconds(10);
        var lastWrite = _clock.Now;
        for (var count = 0; _clock.Now < end; count++, _clock.Now = _clock.Now.AddMilliseconds(10))
        {
            WantGateway(count);
            if (_book.TakeDue(out _) is not { } record)
                continue;
            Write(record);
            writes++;
            Assert.True(_clock.Now - lastWrite <= TimeSpan.FromSeconds(1));
            lastWrite = _clock.Now;
        }

        Assert.InRange(writes, 10, 25);
        Assert.True(_book.TakeDue(out var next) is not null || next - _clock.Now < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Counts_AfterAQuietTime_AreWrittenAtOnce()
    {
        WantGateway(0);
        Write(_book.TakeDue(out _)!);
        _clock.Now = _clock.Now.AddSeconds(5);

        WantGateway(1);

        Assert.NotNull(_book.TakeDue(out _));
    }

    [Fact]
    public void Conditions_ThatChangeAmongCounts_AreWrittenAtOnce()
    {
        WantGateway(0);
        Write(_book.TakeDue(out _)!);
        WantGateway(1);
        Assert.Null(_book.TakeDue(out _));

        _book.Want("Gateway", new Dictionary<NamespacedName, GatewayStatus> { [A] = Gateway(1) with { Conditions = [new Condition("Accepted", false, "Invalid", "", 1)] } });

        Assert.NotNull(_book.TakeDue(out _));
    }

    [Fact]
    public void Rewrites_ThatSomebodyElseUndoes_BecomeSeldom()
    {
        var status = Route();
        _book.Want("HTTPRoute", Routes((A, status)));
        var writes = 0;
        var end = _clock.Now.AddMinutes(1);
        for (var version = 1; _clock.Now < end; version += 2, _clock.Now = _clock.Now.AddMilliseconds(20))
        {
            if (_book.TakeDue(out _) is not { } record)
                continue;
            _book.Seen(record, $"{version}", Encoding.UTF8.GetBytes(OurEntry));
            _book.Wrote(record, status);
            _book.GiveBack(record, again: false);
            writes++;
            Observe(A, $"{version + 1}", """{"parents":[]}""");
        }

        Assert.InRange(writes, 5, 15);
    }

    [Fact]
    public void Refused_IsTriedAgainLaterAndLater()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            var record = _book.TakeDue(out _)!;
            _book.Refused(record);
            _book.GiveBack(record, again: false);
            Assert.Null(_book.TakeDue(out var next));
            waits.Add(next!.Value - _clock.Now);
            _clock.Now = next.Value;
        }

        Assert.Equal([2, 4, 8, 16], waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Busy_ChangedMeanwhile_IsDueWhenItIsGivenBack()
    {
        _book.Want("HTTPRoute", Routes((A, Route())));
        var record = _book.TakeDue(out _)!;

        _book.Want("HTTPRoute", Routes((A, Route())));
        Assert.Null(_book.TakeDue(out _));
        _book.GiveBack(record, again: false);

        Assert.Same(record, _book.TakeDue(out _));
    }

    [Fact]
    public void Want_KnownChanges_LeavesTheOthersAlone()
    {
        var (first, other) = (Route(), Route());
        var before = Routes((A, first), (B, other));
        _book.Want("HTTPRoute", before);
        Done(first);
        Done(other);

        // Of B it says nothing, which must be believed.
        _book.Want("HTTPRoute", new Changed(before, [A], Routes((A, Route()), (B, Route()))));

        Assert.Equal(A, _book.TakeDue(out _)!.Key);
        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Want_KnownChangesWithoutAnObject_TakesOurEntryOut()
    {
        var status = Route();
        var before = Routes((A, status), (B, status));
        _book.Want("HTTPRoute", before);
        Done(status);
        Done(status);

        _book.Want("HTTPRoute", new Changed(before, [A], Routes((B, status))));

        var record = _book.TakeDue(out _)!;
        Assert.Equal(A, record.Key);
        Assert.Empty(((RouteStatus)_book.Look(record)!.Value.Wanted).Parents);
        Assert.Null(_book.TakeDue(out _));
    }

    [Fact]
    public void Want_KnownChanges_FindsWhatWasForgottenAndIsStillWanted()
    {
        var status = Route();
        var before = Routes((A, status), (B, status));
        _book.Want("HTTPRoute", before);
        Done(status);
        Done(status);
        _book.Forget("HTTPRoute", B);

        _book.Want("HTTPRoute", new Changed(before, [A], Routes((A, status), (B, status))));

        Assert.Equal(B, _book.TakeDue(out _)!.Key);
    }

    [Fact]
    public void Want_ChangesOfSomethingElse_LooksAtAll()
    {
        var status = Route();
        _book.Want("HTTPRoute", Routes((A, status)));
        Done(status);

        _book.Want("HTTPRoute", new Changed(Routes(), [], Routes((A, Route()))));

        Assert.Equal(A, _book.TakeDue(out _)!.Key);
    }

    private void WantGateway(int count) => _book.Want("Gateway", new Dictionary<NamespacedName, GatewayStatus> { [A] = Gateway(count) });

    private void Write(StatusRecord record)
    {
        _book.Wrote(record, _book.Look(record)!.Value.Wanted);
        _book.GiveBack(record, again: false);
    }

    private void Done(object? written, string version = "5")
    {
        var record = _book.TakeDue(out _)!;
        _book.Seen(record, version, Encoding.UTF8.GetBytes(OurEntry));
        if (written is not null)
            _book.Wrote(record, written);
        _book.GiveBack(record, again: false);
    }

    private void Observe(NamespacedName key, string version, string status, bool isOurs = true) => _book.Observe("HTTPRoute", key, version, Encoding.UTF8.GetBytes(status), isOurs);

    private static Dictionary<NamespacedName, RouteStatus> Routes(params (NamespacedName Key, RouteStatus Status)[] routes) => routes.ToDictionary(route => route.Key, route => route.Status);

    private static RouteStatus Route() => new([new RouteParentStatus(new ParentReference("g", "n"), Ours, [])]);

    /// <summary>Statuses that know what is different since others.</summary>
    private sealed class Changed(object before, NamespacedName[] keys, Dictionary<NamespacedName, RouteStatus> all) : Dictionary<NamespacedName, RouteStatus>(all), IStatusChanges
    {
        public IReadOnlyCollection<NamespacedName>? Since(object other) => ReferenceEquals(other, before) ? keys : null;
    }

    private static readonly Condition[] Conditions = [new Condition("Accepted", true, "Accepted", "", 1)];

    private static GatewayStatus Gateway(int count) => new([], Conditions, [new ListenerStatus("http", [], count, [])]);
}

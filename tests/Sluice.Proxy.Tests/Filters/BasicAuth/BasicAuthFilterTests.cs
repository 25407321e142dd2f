using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.BasicAuth;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.BasicAuth;

/// <summary>Names and passwords against entries as htpasswd writes them.</summary>
public sealed class BasicAuthFilterTests : IDisposable
{
    private const string Sha = "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    private readonly PasswordQueue _queue = new();

    [Fact]
    public async Task EveryScheme_TakesItsPassword_AndNoOther()
    {
        IRequestFilter filter = Filter(Policy());

        foreach (string name in (string[])["sha", "bcrypt", "apr1"])
        {
            Assert.Equal(FilterVerdict.Continue, await Try(filter, $"{name}:secret"));
            Assert.Equal(FilterVerdict.Deny, await Try(filter, $"{name}:Secret"));
            Assert.Equal(FilterVerdict.Deny, await Try(filter, $"{name}:"));
            Assert.Equal(FilterVerdict.Deny, await Try(filter, $"{name}:secret\0"));
            Assert.Equal(FilterVerdict.Deny, await Try(filter, $"{name}:secret "));
        }
        Assert.Equal(FilterVerdict.Deny, await Try(filter, "nobody:secret"));
    }

    [Theory]
    [InlineData(null, "basic_auth_missing")]
    [InlineData("Bearer abc", "basic_auth_missing")]
    [InlineData("Basic", "basic_auth_missing")]
    [InlineData("Basic !!!!", "basic_auth_malformed")]
    [InlineData("Basic c2hh", "basic_auth_malformed")] // No colon.
    [InlineData("Basic OnNlY3JldA==", "basic_auth_malformed")] // No name.
    [InlineData("Basic c2hhOnNlY3JldA== c2hh", "basic_auth_malformed")]
    public void Anything_Else_IsAskedForAnew(string? value, string reason)
    {
        FilterRun run = value is null ? FilterRun.Get() : FilterRun.Get(("Authorization", value));

        Assert.Equal(FilterVerdict.Deny, run.Apply(Filter(Policy())));
        Assert.Equal((401, reason, "Basic realm=\"a \\\"b\\\"\", charset=\"UTF-8\""), (run.Status, run.Reason, run.ResponseField("WWW-Authenticate")));
    }

    [Fact]
    public void TwoFields_OrAHugeOne_AreMalformed()
    {
        string right = Convert.ToBase64String("sha:secret"u8);
        FilterRun two = FilterRun.Get(("Authorization", $"Basic {right}"), ("authorization", $"Basic {right}"));
        FilterRun huge = FilterRun.Get(("Authorization", $"Basic {Convert.ToBase64String(new byte[20_000])}"));

        Assert.Equal(FilterVerdict.Deny, two.Apply(Filter(Policy())));
        Assert.Equal(FilterVerdict.Deny, huge.Apply(Filter(Policy())));
        Assert.Equal(("basic_auth_malformed", "basic_auth_malformed"), (two.Reason, huge.Reason));
    }

    [Fact]
    public void Name_GoesToTheBackend_AndTheClientDoesNotSayIt()
    {
        FilterRun kept = With("sha:secret", ("X-User", "root")), taken = With("sha:secret");

        Assert.Equal(FilterVerdict.Continue, kept.Apply(Filter(Policy())));
        Assert.Equal(FilterVerdict.Continue, taken.Apply(Filter(Policy() with { ForwardCredential = false })));

        Assert.Equal(("sha", null), (kept.RequestField("X-User"), kept.Field("X-User")));
        Assert.NotNull(kept.Field("Authorization"));
        Assert.Null(taken.Field("Authorization"));
    }

    [Fact]
    public async Task RightAndWrongPairs_AreRemembered()
    {
        IRequestFilter filter = Filter(Policy());
        await Try(filter, "bcrypt:secret");
        await Try(filter, "bcrypt:wrong");

        // Neither waits for a check any more.
        Assert.Equal(FilterVerdict.Continue, With("bcrypt:secret").Apply(filter));
        Assert.Equal(FilterVerdict.Deny, With("bcrypt:wrong").Apply(filter));
        Assert.Equal(FilterVerdict.Pending, Late("bcrypt:wrong", BasicAuthFilter.RefusedFor).Apply(filter));
        Assert.Equal(FilterVerdict.Pending, Late("bcrypt:secret", BasicAuthFilter.AcceptedFor).Apply(filter));
    }

    [Fact]
    public async Task Flood_OfOneClient_IsTurnedAway_AndOthersGetThrough()
    {
        using var queue = new PasswordQueue(concurrency: 1, capacity: 8, clientCapacity: 4);
        using var gate = new ManualResetEventSlim();
        Task<bool>? blocked = queue.TryRun(1, () => gate.Wait(Guard.Limit));
        IRequestFilter filter = BasicAuthFilter.Create(Policy(), queue, [])!;

        var waiting = new List<Task<FilterVerdict>>();
        int refused = 0;
        for (int i = 0; i < 50; i++)
        {
            FilterRun run = With($"bcrypt:wrong{i}");
            FilterVerdict verdict = run.Apply(filter);
            if (verdict == FilterVerdict.Pending)
                waiting.Add(run.Context.TakePending());
            else
                refused += (run.Status, run.Reason) == (503, "basic_auth_overloaded") ? 1 : 0;
        }

        Assert.Equal((4, 46), (waiting.Count, refused));
        FilterRun other = With("bcrypt:secret", peer: "192.0.2.9");
        Assert.Equal(FilterVerdict.Pending, other.Apply(filter));
        gate.Set();
        Assert.Equal(FilterVerdict.Continue, await other.Context.TakePending().Within("a verdict"));
        Assert.All(await Task.WhenAll(waiting).Within("verdicts"), verdict => Assert.Equal(FilterVerdict.Deny, verdict));
        Assert.True(await blocked!);
    }

    [Fact]
    public async Task Flood_BehindATrustedProxy_IsCountedByClient()
    {
        using var queue = new PasswordQueue(concurrency: 1, capacity: 64, clientCapacity: 1);
        using var gate = new ManualResetEventSlim();
        Task<bool>? blocked = queue.TryRun(1, () => gate.Wait(Guard.Limit));
        IRequestFilter filter = BasicAuthFilter.Create(Policy(), queue, [])!;

        Assert.Equal(FilterVerdict.Pending, Behind("203.0.113.1", "a").Apply(filter));
        Assert.Equal(FilterVerdict.Deny, Behind("203.0.113.1", "b").Apply(filter));
        Assert.Equal(FilterVerdict.Pending, Behind("203.0.113.2", "c").Apply(filter));
        gate.Set();
        Assert.True(await blocked!.Within("the check that held the others up"));

        static FilterRun Behind(string client, string password)
        {
            var run = new FilterRun(TestHead.Get("/", ("X-Forwarded-For", client), ("Authorization", Value($"bcrypt:{password}"))), trustedHops: 1);
            Http.Field field = run.Head.Fields[0], other = run.Head.Fields[1];
            field.Known = Http.KnownField.XForwardedFor;
            run.Head.Clear();
            run.Head.TryAdd(field);
            run.Head.TryAdd(other);
            return run;
        }
    }

    [Fact]
    public async Task EqualPairs_AreCheckedOnce()
    {
        using var queue = new PasswordQueue(concurrency: 1, capacity: 2, clientCapacity: 2);
        using var gate = new ManualResetEventSlim();
        Task<bool>? blocked = queue.TryRun(1, () => gate.Wait(Guard.Limit));
        IRequestFilter filter = BasicAuthFilter.Create(Policy(), queue, [])!;
        FilterRun[] runs = [.. Enumerable.Range(0, 20).Select(_ => With("bcrypt:secret"))];

        Assert.All(runs, run => Assert.Equal(FilterVerdict.Pending, run.Apply(filter)));
        gate.Set();

        Assert.All(await Task.WhenAll(runs.Select(run => run.Context.TakePending())).Within("verdicts"), verdict => Assert.Equal(FilterVerdict.Continue, verdict));
        Assert.True(await blocked!);
    }

    [Fact]
    public void Policy_ThatCannotBeUsed_IsReported_WithoutItsHashes()
    {
        var problems = new List<string>();

        Assert.Null(BasicAuthFilter.Create(Policy() with { Users = [new BasicAuthUser("u", SecretText.Withheld)] }, _queue, problems));
        Assert.Null(BasicAuthFilter.Create(Policy() with { UsernameHeader = "Content-Length" }, _queue, problems));
        Assert.NotNull(BasicAuthFilter.Create(Policy() with { Users = [new BasicAuthUser("u", new SecretText("$6$hush"))] }, _queue, problems));

        Assert.Equal(3, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.Contains("hush", StringComparison.Ordinal));
    }

    public void Dispose() => _queue.Dispose();

    private static BasicAuthPolicy Policy() => new()
    {
        Realm = "a \"b\"",
        UsernameHeader = "X-User",
        Users =
        [
            new BasicAuthUser("sha", new SecretText(Sha)),
            new BasicAuthUser("bcrypt", new SecretText("$2y$04$abcdefghijklmnopqrstuu" + Bcrypt.Hash("secret"u8, "abcdefghijklmnopqrstuu", 4))),
            new BasicAuthUser("apr1", new SecretText("$apr1$abcdefgh$" + Apr1.Hash("secret"u8, "abcdefgh"))),
        ],
    };

    private BasicAuthFilter Filter(BasicAuthPolicy policy)
    {
        var problems = new List<string>();
        BasicAuthFilter? filter = BasicAuthFilter.Create(policy, _queue, problems);
        Assert.Empty(problems);
        return filter!;
    }

    private static Task<FilterVerdict> Try(IRequestFilter filter, string pair) => With(pair).FinishAsync(filter).Within("a verdict");

    private static FilterRun With(string pair, params (string, string)[] more) => new(TestHead.Get("/", [("Authorization", Value(pair)), .. more]));

    private static FilterRun With(string pair, string peer) => new(TestHead.Get("/", ("Authorization", Value(pair))), peer);

    private static FilterRun Late(string pair, long milliseconds) => new(TestHead.Get("/", ("Authorization", Value(pair))), now: 1_000_000 + milliseconds);

    private static string Value(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";
}

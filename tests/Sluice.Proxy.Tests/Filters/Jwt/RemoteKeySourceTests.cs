using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.Jwt;

/// <summary>Keys that are fetched: when, how often, and what counts when they cannot be had.</summary>
public sealed class RemoteKeySourceTests : IDisposable
{
    private static readonly RemoteJwks Source = new() { Url = "http://keys.test/jwks", Cluster = "keys", CacheDuration = TimeSpan.FromMinutes(5) };

    private readonly TokenIssuer _issuer = new();
    private readonly ManualClock _clock = new();
    private readonly List<string> _problems = [];
    private readonly Fetcher _fetcher = new();

    [Fact]
    public async Task FirstRequest_Fetches_AndWaits()
    {
        IRequestFilter filter = Filter();
        FilterRun run = Bearer(_issuer.Issue());

        Assert.Equal(FilterVerdict.Pending, run.Apply(filter));
        _fetcher.Answer(_issuer.Jwks);

        Assert.Equal(FilterVerdict.Continue, await run.Context.TakePending());
        Assert.Equal(FilterVerdict.Continue, Bearer(_issuer.Issue()).Apply(filter));
        Assert.Equal(1, _fetcher.Count);
    }

    [Fact]
    public async Task Failure_Is503_AndIsNotTriedAgainAtOnce()
    {
        IRequestFilter filter = Filter();
        _fetcher.Fail("down");

        await ExpectDeniedAsync(filter, _issuer.Issue(), 503, "jwt_keys_unavailable");
        await ExpectDeniedAsync(filter, _issuer.Issue(), 503, "jwt_keys_unavailable");
        Assert.Equal(1, _fetcher.Count);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await ExpectDeniedAsync(filter, _issuer.Issue(), 503, "jwt_keys_unavailable");
        Assert.Equal(2, _fetcher.Count);
        Assert.Equal("JWKS http://keys.test/jwks: down", Assert.Single(_problems));
    }

    [Fact]
    public async Task StormOfUnknownKeys_CostsOneFetchPerInterval()
    {
        IRequestFilter filter = Filter();
        _fetcher.Answer(_issuer.Jwks);
        await ExpectDeniedAsync(filter, _issuer.Issue(keyId: "first"), 401, "jwt_unknown_key");

        for (int i = 0; i < 100; i++)
            await ExpectDeniedAsync(filter, _issuer.Issue("ES256", keyId: $"unknown{i}"), 401, "jwt_unknown_key");
        Assert.Equal(1, _fetcher.Count);

        _clock.Advance(RemoteKeySource.MinInterval);
        await ExpectDeniedAsync(filter, _issuer.Issue(keyId: "again"), 401, "jwt_unknown_key");
        await ExpectDeniedAsync(filter, _issuer.Issue(keyId: "and again"), 401, "jwt_unknown_key");
        Assert.Equal(2, _fetcher.Count);
    }

    [Fact]
    public async Task NewKey_IsFetchedWhenATokenNamesIt()
    {
        using var next = new TokenIssuer();
        IRequestFilter filter = Filter();
        _fetcher.Answer(_issuer.Jwks);
        await ExpectAcceptedAsync(filter, _issuer.Issue());

        _fetcher.Answer($$"""{"keys":[{{_issuer.RsaKey("rsa")}},{{next.RsaKey("next")}}]}""");
        _clock.Advance(RemoteKeySource.MinInterval);

        await ExpectAcceptedAsync(filter, next.Issue(keyId: "next"));
        await ExpectAcceptedAsync(filter, _issuer.Issue());
    }

    [Fact]
    public async Task KeyThatIsGone_EndsWhatWasRemembered()
    {
        using var next = new TokenIssuer();
        IRequestFilter filter = Filter();
        _fetcher.Answer(_issuer.Jwks);
        string token = _issuer.Issue();
        await ExpectAcceptedAsync(filter, token);

        _fetcher.Answer(next.Jwks);
        _clock.Advance(Source.CacheDuration);
        await ExpectAcceptedAsync(filter, token); // The old keys, while newer ones are fetched.
        await Eventually.Is(2, () => _fetcher.Count, "fetches");

        await Eventually.Holds(() => Bearer(token).Apply(filter) == FilterVerdict.Deny, "the token is refused");
    }

    [Fact]
    public async Task OldKeys_CountForAnHour_WhenNewerOnesCannotBeHad()
    {
        IRequestFilter filter = Filter();
        _fetcher.Answer(_issuer.Jwks);
        string token = _issuer.Sign("RS256", "{\"iss\":\"issuer\",\"aud\":\"shop\"}");
        await ExpectAcceptedAsync(filter, token);

        _fetcher.Fail("down");
        _clock.Advance(Source.CacheDuration + TimeSpan.FromMinutes(59));
        await ExpectAcceptedAsync(filter, token);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await ExpectDeniedAsync(filter, token, 503, "jwt_keys_unavailable");
    }

    [Fact]
    public async Task GarbageInPlaceOfKeys_IsAFailure()
    {
        IRequestFilter filter = Filter();
        _fetcher.Answer("<html>");

        await ExpectDeniedAsync(filter, _issuer.Issue(), 503, "jwt_keys_unavailable");
        Assert.Contains("no JSON", Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchThatNeverEnds_IsGivenUp()
    {
        IRequestFilter filter = Filter();
        FilterRun run = Bearer(_issuer.Issue());

        Assert.Equal(FilterVerdict.Pending, run.Apply(filter));
        Task<FilterVerdict> pending = run.Context.TakePending();
        await Eventually.Is(1, () => _fetcher.Count, "fetches");
        _clock.Advance(RemoteKeySource.Timeout);

        Assert.Equal(FilterVerdict.Deny, await pending);
        Assert.Equal((503, "jwt_keys_unavailable"), (run.Status, run.Reason));
    }

    [Fact]
    public async Task ClientThatGoes_IsNotWaitedFor()
    {
        IRequestFilter filter = Filter();
        FilterRun run = Bearer(_issuer.Issue());
        run.Apply(filter);
        Task<FilterVerdict> pending = run.Context.TakePending();

        run.Context.Cancel();

        Assert.Equal(FilterVerdict.Cancelled, await pending);
    }

    [Fact]
    public async Task Sources_OfTheSameName_AreOne_WhateverTheConfiguration()
    {
        var sources = new KeySources(_fetcher, _clock, _problems.Add);
        _fetcher.Answer(_issuer.Jwks);

        RemoteKeySource first = sources.Get(Source with { AsyncFetch = true });
        await Eventually.Holds(() => first.Current is not null, "keys before any request");

        Assert.Same(first, sources.Get(Source with { AsyncFetch = true }));
        Assert.NotSame(first, sources.Get(Source with { Url = "http://keys.test/other" }));
        Assert.Equal(1, _fetcher.Count);
    }

    public void Dispose() => _issuer.Dispose();

    private JwtFilter Filter() => JwtFilter.Create(
        new JwtPolicy { Providers = [new JwtProvider { Name = "p", Issuer = "issuer", RemoteJwks = Source }] },
        new KeySources(_fetcher, _clock, _problems.Add),
        [])!;

    private FilterRun Bearer(string token) => new(Routing.TestHead.Get("/", ("Authorization", $"Bearer {token}")), clock: _clock);

    private async Task ExpectAcceptedAsync(IRequestFilter filter, string token) =>
        Assert.Equal(FilterVerdict.Continue, await Bearer(token).FinishAsync(filter).Within("a verdict"));

    private async Task ExpectDeniedAsync(IRequestFilter filter, string token, int status, string reason)
    {
        FilterRun run = Bearer(token);
        Assert.Equal(FilterVerdict.Deny, await run.FinishAsync(filter).Within("a verdict"));
        Assert.Equal((status, reason), (run.Status, run.Reason));
    }

    private sealed class Fetcher : IJwksFetcher
    {
        private TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Answer(string json) => Set(source => source.SetResult(Encoding.UTF8.GetBytes(json)));

        public void Fail(string message) => Set(source => source.SetException(new IOException(message)));

        // Deaf to cancellation, so that the source's own limit is what ends it.
        public Task<byte[]> FetchAsync(RemoteJwks source, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _count);
            return Volatile.Read(ref _answer).Task;
        }

        private void Set(Action<TaskCompletionSource<byte[]>> set)
        {
            if (_answer.Task.IsCompleted)
                _answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            set(_answer);
        }
    }
}

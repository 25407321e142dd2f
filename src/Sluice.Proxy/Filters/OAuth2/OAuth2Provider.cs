using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Jwt;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>A provider as a process knows it: its metadata, its keys, and how many of its answers are waited for. Safe for several threads.</summary>
internal sealed class OAuth2Provider
{
    /// <summary>Answers of the token endpoint that are waited for at a time; more logins get 503.</summary>
    public const int MaxCalls = 64;

    private readonly OAuth2Policy _policy;
    private readonly IOAuth2Calls _calls;
    private readonly TimeProvider _clock;
    private readonly Action<string> _onProblem;
    private readonly OAuth2MetadataSource? _source;
    private readonly OAuth2Metadata? _fixed;
    private readonly Lock _lock = new();
    private RemoteKeySource? _keys;
    private Uri? _keysOf;
    private int _running;

    public OAuth2Provider(OAuth2Policy policy, IOAuth2Calls calls, TimeProvider clock, Action<string> onProblem)
    {
        _policy = policy;
        _calls = calls;
        _clock = clock;
        _onProblem = onProblem;
        if (policy.Issuer is null)
            _fixed = OAuth2Metadata.Of(policy);
        else
            _source = new OAuth2MetadataSource(policy, calls, clock, onProblem);
    }

    /// <summary>How long the token endpoint may take: 10 s.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Null: not known now.</summary>
    public OAuth2Metadata? Metadata => _fixed ?? _source!.Current;

    /// <summary>The metadata, which is fetched if need be; null when it cannot be had.</summary>
    public async Task<OAuth2Metadata?> GetMetadataAsync(CancellationToken cancellationToken)
    {
        if (Metadata is { } known)
            return known;
        if (_source!.Refresh() is { } refresh)
            await refresh.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Metadata;
    }

    /// <summary>The provider's keys; null when it names none.</summary>
    public IKeySource? Keys(OAuth2Metadata metadata)
    {
        if (metadata.JwksUri is not { } url)
            return null;
        lock (_lock)
        {
            if (_keys is null || _keysOf != url)
            {
                var target = new OAuth2Target(url, _policy.JwksCluster ?? _policy.Cluster, PrefersAddress: _policy.JwksCluster is null);
                var source = new RemoteJwks { Url = url.ToString(), Cluster = target.Cluster ?? "" };
                _keys = new RemoteKeySource(source, new OAuth2KeyFetcher(_calls, target), _clock, _onProblem);
                _keysOf = url;
            }
            return _keys;
        }
    }

    /// <summary>Asks for tokens.</summary>
    /// <returns>Null when there are too many already, or no answer came; that is reported.</returns>
    public async Task<OAuth2Answer?> AskAsync(OAuth2Metadata metadata, string form, string? authorization)
    {
        if (Interlocked.Increment(ref _running) > MaxCalls)
        {
            Interlocked.Decrement(ref _running);
            _onProblem($"oauth2 {_policy.Name}: {MaxCalls} answers of {metadata.TokenEndpoint} are waited for already");
            return null;
        }
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, _clock);
            return await _calls.PostAsync(new OAuth2Target(metadata.TokenEndpoint, _policy.Cluster), form, authorization, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Whatever it was: nobody is let in.
            _onProblem($"oauth2 {_policy.Name}: {metadata.TokenEndpoint}: {(exception is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds} s" : exception.Message)}");
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Tells people what is wrong with a provider; never with a secret or a token.</summary>
    public void Report(string problem) => _onProblem($"oauth2 {_policy.Name}: {problem}");
}

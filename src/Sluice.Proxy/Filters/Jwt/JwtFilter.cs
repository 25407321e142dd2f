using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Jwt;

/// <summary>
/// Asks for a token that one of the providers accepts. A token that was accepted is remembered until it expires, its issuer's keys
/// change, or five minutes have passed: until then it costs one keyed hash.
/// </summary>
internal sealed class JwtFilter : IRequestFilter
{
    /// <summary>Tokens that are remembered.</summary>
    public const int CacheCapacity = 4096;

    /// <summary>Seconds for which a token is remembered at most.</summary>
    public const long AcceptedFor = 5 * 60;

    private readonly SecretHash _hash = new();
    private readonly ExpiringCache<VerifiedToken> _accepted = new(CacheCapacity);
    private readonly JwtProviderState[] _providers;
    private readonly byte[][] _claimHeaders;
    private readonly bool _allowsMissing;

    private JwtFilter(JwtPolicy policy, JwtProviderState[] providers)
    {
        _providers = providers;
        _claimHeaders = [.. providers.SelectMany(provider => provider.ClaimHeaders).DistinctBy(Convert.ToHexString)];
        _allowsMissing = policy.ValidationMode == JwtValidationMode.AllowMissing;
    }

    public string Name => "jwt";

    public FilterStage Stage => FilterStage.Authentication;

    /// <summary>Null when no provider can be used. One that cannot is left out and reported: it accepts nothing.</summary>
    public static JwtFilter? Create(JwtPolicy policy, KeySources sources, ICollection<string> problems)
    {
        var providers = new List<JwtProviderState>();
        foreach (JwtProvider provider in policy.Providers.Take(JwtPolicy.MaxProviders))
        {
            string? problem = JwtProviderState.Problem(provider);
            if (problem is null && Source(provider, sources, problems, out problem) is { } keys)
                providers.Add(new JwtProviderState(provider, keys));
            if (problem is not null)
                problems.Add($"jwt provider \"{provider.Name}\": {problem}; the provider is left out");
        }
        if (policy.Providers.Count > JwtPolicy.MaxProviders)
            problems.Add($"jwt: there are more than {JwtPolicy.MaxProviders} providers; the others are left out");
        if (providers.Count > 0)
            return new JwtFilter(policy, [.. providers]);
        problems.Add("jwt: no provider can be used");
        return null;
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        JwtFailure failure = JwtFailure.Missing;
        uint waiting = 0;
        for (int i = 0; i < _providers.Length; i++)
        {
            JwtFailure found = _providers[i].Find(head, out ReadOnlySpan<byte> token);
            if (found == JwtFailure.None)
                found = Judge(_providers[i], token, context);
            if (found == JwtFailure.None)
                return Accept(_providers[i], head, context);
            if (found is JwtFailure.KeysUnavailable or JwtFailure.UnknownKey)
                waiting |= 1u << i;
            if (found > failure)
                failure = found;
        }
        if (waiting != 0)
        {
            if (Wait(waiting, head, context) is { } pending)
                return context.Wait(pending);

            // Keys that were being fetched may just have come.
            for (int i = 0; i < _providers.Length; i++)
            {
                if ((waiting >> i & 1) != 0 && _providers[i].Find(head, out ReadOnlySpan<byte> token) == JwtFailure.None && Judge(_providers[i], token, context) == JwtFailure.None)
                    return Accept(_providers[i], head, context);
            }
        }
        if (failure != JwtFailure.Missing || !_allowsMissing)
            return context.Deny(JwtDenials.Of(failure));
        RemoveClaims(head);
        return FilterVerdict.Continue;
    }

    private static IKeySource? Source(JwtProvider provider, KeySources sources, ICollection<string> problems, out string? problem)
    {
        problem = null;
        if (provider.RemoteJwks is { } remote)
            return sources.Get(remote);
        var left = new List<string>();
        try
        {
            JwtKeySet keys = JwtKeySet.Parse(Encoding.UTF8.GetBytes(provider.InlineJwks!), left);
            foreach (string one in left)
                problems.Add($"jwt provider \"{provider.Name}\": {one}");
            return new InlineKeySource(keys);
        }
        catch (FormatException exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Whether the provider accepts a token, which the context then has.</summary>
    private JwtFailure Judge(JwtProviderState provider, ReadOnlySpan<byte> token, FilterContext context)
    {
        if (token.Length > JwtToken.MaxLength)
            return JwtFailure.TooLarge;
        long now = context.UnixSeconds;
        UInt128 hash = _hash.Of(token);
        if (_accepted.Find(hash, now) is { } known && ReferenceEquals(known.Provider, provider) && ReferenceEquals(known.Keys, provider.Keys.Current))
        {
            context.Token = known;
            return JwtFailure.None;
        }
        JwtFailure failure = provider.Judge(token, now, out VerifiedToken? verified, out long until);
        if (verified is not null)
        {
            _accepted.Add(hash, verified, Math.Min(until, now + AcceptedFor), now);
            context.Token = verified;
        }
        return failure;
    }

    private FilterVerdict Accept(JwtProviderState provider, RequestHead head, FilterContext context)
    {
        RemoveClaims(head);
        provider.RemoveToken(head);
        AddClaims(context);
        return FilterVerdict.Continue;
    }

    /// <summary>Null when no key source is worth waiting for.</summary>
    private Task<FilterVerdict>? Wait(uint waiting, RequestHead head, FilterContext context)
    {
        var refreshes = new List<Task>();
        var tokens = new List<(JwtProviderState, byte[])>();
        for (int i = 0; i < _providers.Length; i++)
        {
            if ((waiting >> i & 1) == 0 || _providers[i].Keys.Refresh() is not { } refresh)
                continue;
            _providers[i].Find(head, out ReadOnlySpan<byte> token);
            refreshes.Add(refresh);
            tokens.Add((_providers[i], token.ToArray()));
        }
        if (refreshes.Count == 0)
            return null;

        // The head that is held while waiting is what the backend gets, whichever of these accepts.
        RemoveClaims(head);
        foreach ((JwtProviderState provider, _) in tokens)
            provider.RemoveToken(head);
        return FinishAsync(refreshes, tokens, context);
    }

    /// <summary>Back on the worker.</summary>
    private async Task<FilterVerdict> FinishAsync(List<Task> refreshes, List<(JwtProviderState Provider, byte[] Token)> tokens, FilterContext context)
    {
        await Task.WhenAll(refreshes).WaitAsync(context.Cancellation)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (context.IsCancelled)
            return FilterVerdict.Cancelled;
        JwtFailure failure = JwtFailure.Missing;
        foreach ((JwtProviderState provider, byte[] token) in tokens)
        {
            JwtFailure found = Judge(provider, token, context);
            if (found == JwtFailure.None)
            {
                AddClaims(context);
                return FilterVerdict.Continue;
            }
            if (found > failure)
                failure = found;
        }
        return context.Deny(JwtDenials.Of(failure));
    }

    private void RemoveClaims(RequestHead head)
    {
        foreach (byte[] header in _claimHeaders)
            RequestFields.Remove(head, header);
    }

    private static void AddClaims(FilterContext context)
    {
        foreach ((byte[] name, byte[] value) in context.Token!.Fields)
            context.AddRequestField(name, value);
    }
}

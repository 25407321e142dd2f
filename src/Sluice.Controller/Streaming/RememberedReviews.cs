using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Controller.Streaming;

/// <summary>
/// Remembers which tokens were found valid, by their hashes. For a minute the API server is not asked again, and while it is away the
/// last answer counts for up to an hour (<see cref="StreamLimits.MaxAge"/>): an outage of the API server must not take the stream from
/// proxies that had it. Few tokens are looked at at the same time, so that a thousand proxies that come back are no flood.
/// </summary>
/// <param name="reviewer">Is asked.</param>
/// <param name="clock">The time.</param>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing.")]
internal sealed class RememberedReviews(ITokenReviewer reviewer, TimeProvider clock) : ITokenReviewer
{
    /// <summary>A token that was valid is so for that long. The API server itself remembers tokens of others for two minutes.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>As long, while the API server is away: as long as a proxy that has its stream would keep it.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    /// <summary>Requests to the API server at the same time.</summary>
    private const int MaxRequests = 32;

    /// <summary>Tokens: as many as there may be streams.</summary>
    private const int MaxTokens = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (ReviewedToken Review, long At)> _valid = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _requests = new(MaxRequests);

    public async ValueTask<ReviewedToken> ReviewAsync(string token, string audience, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{audience}\n{token}")));
        if (Find(key, Fresh) is { } known)
            return known;
        await _requests.WaitAsync(cancellationToken);
        try
        {
            var review = await reviewer.ReviewAsync(token, audience, cancellationToken);
            Remember(key, review);
            return review;
        }
        catch (AuthenticationUnavailableException)
        {
            if (Find(key, Stale) is { } last)
                return last;
            throw;
        }
        finally
        {
            _requests.Release();
        }
    }

    private ReviewedToken? Find(string key, TimeSpan age)
    {
        lock (_lock)
            return _valid.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < age ? known.Review : null;
    }

    private void Remember(string key, ReviewedToken review)
    {
        lock (_lock)
        {
            if (!review.Authenticated)
            {
                _valid.Remove(key);
                return;
            }
            if (_valid.Count >= MaxTokens)
                Forget();
            _valid[key] = (review, clock.GetTimestamp());
        }
    }

    /// <summary>What is too old, and if that is nothing, all: then they are asked for again.</summary>
    private void Forget()
    {
        foreach (var old in _valid.Where(entry => clock.GetElapsedTime(entry.Value.At) >= Stale).Select(entry => entry.Key).ToArray())
            _valid.Remove(old);
        if (_valid.Count >= MaxTokens)
            _valid.Clear();
    }
}

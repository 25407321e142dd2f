using System.Globalization;
using System.Text;

namespace Sluice.Controller.RateLimits;

/// <summary>
/// Decides questions by the configuration and the counters. Windows are those of the clock: of each, exactly as many requests pass as the
/// limit says, whoever asks.
/// </summary>
/// <param name="counters">Where requests are counted.</param>
/// <param name="failure">What is answered when they cannot be reached.</param>
/// <param name="clock">Tells the windows.</param>
internal sealed class Limiter(ILimitCounters counters, CounterFailure failure, TimeProvider clock)
{
    /// <summary>Counters whose limit is known to be reached.</summary>
    public const int CachedCounters = 100_000;

    private readonly OverLimitCache _over = new(CachedCounters);

    /// <summary>In force from the next question on.</summary>
    public LimitConfiguration Configuration { get; set; } = new(new Dictionary<string, LimitNode>());

    /// <summary>Questions whose counters could not be reached.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    private long _failures;

    /// <exception cref="IOException">The counters cannot be reached, and the answer is to be an error.</exception>
    public async ValueTask<LimitStatus[]> DecideAsync(LimitQuestion question)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var rules = Rules(question);
        var statuses = new LimitStatus[rules.Length];
        var hits = new List<CounterHit>();
        var places = new List<int>();
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i] is not { IsUnlimited: false } rule)
            {
                statuses[i] = new LimitStatus(false, null, 0, 0);
                continue;
            }
            var hit = Hit(question, question.Descriptors[i], rule, now);
            statuses[i] = new LimitStatus(!rule.IsShadow, rule, 0, hit.Expires - now);
            if (_over.Contains(hit.Key, now))
                continue;
            hits.Add(hit);
            places.Add(i);
        }
        if (hits.Count > 0 && await CountAsync(hits, now).ConfigureAwait(false) is var counts)
            Conclude(counts, hits, places, statuses, now);
        return statuses;
    }

    private async ValueTask<long[]?> CountAsync(List<CounterHit> hits, long now)
    {
        try
        {
            return await counters.AddAsync(hits, now).ConfigureAwait(false);
        }
        catch (IOException)
        {
            Interlocked.Increment(ref _failures);
            if (failure == CounterFailure.Error)
                throw;
            return null;
        }
    }

    private void Conclude(long[]? counts, List<CounterHit> hits, List<int> places, LimitStatus[] statuses, long now)
    {
        for (var i = 0; i < places.Count; i++)
        {
            ref var status = ref statuses[places[i]];
            var rule = status.Rule!;
            if (counts is null)
            {
                status = failure == CounterFailure.Open ? status with { IsOver = false, Remaining = rule.RequestsPerUnit } : status;
                continue;
            }
            var isOver = counts[i] > rule.RequestsPerUnit;
            if (isOver)
                _over.Add(hits[i].Key, hits[i].Expires, now);
            status = status with { IsOver = isOver && !rule.IsShadow, Remaining = Math.Max(0, rule.RequestsPerUnit - counts[i]) };
        }
    }

    /// <summary>The limits of the descriptors, without those that another one replaces.</summary>
    private LimitRule?[] Rules(LimitQuestion question)
    {
        var configuration = Configuration;
        LimitRule?[] rules = [.. question.Descriptors.Select(descriptor => descriptor.Override ?? configuration.Find(question.Domain, descriptor.Entries))];
        if (!Array.Exists(rules, rule => rule is { Replaces.Count: > 0 }))
            return rules;
        var replaced = rules.SelectMany(rule => rule?.Replaces ?? []).ToHashSet(StringComparer.Ordinal);
        return [.. rules.Select(rule => rule is not null && replaced.Contains(rule.Name) ? null : rule)];
    }

    private static CounterHit Hit(LimitQuestion question, LimitDescriptor descriptor, LimitRule rule, long now)
    {
        var window = LimitUnits.Seconds(rule.Unit);
        var start = now - (now % window);
        var key = new StringBuilder(128);

        // Lengths in front, so that no client makes the key of another one by what it sends.
        Append(key, question.Domain);
        foreach (var (name, value) in descriptor.Entries)
        {
            Append(key, name);
            Append(key, value);
        }
        key.Append(CultureInfo.InvariantCulture, $"{window}:{start}");
        return new CounterHit(key.ToString(), descriptor.Hits ?? question.Hits, start + window);
    }

    private static void Append(StringBuilder key, string text) => key.Append(CultureInfo.InvariantCulture, $"{text.Length}:").Append(text).Append('|');
}

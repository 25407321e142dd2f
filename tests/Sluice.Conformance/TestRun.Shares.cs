using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Sluice.Conformance.Data;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance;

/// <content>Cases about many requests: weights and mirrors.</content>
internal sealed partial class TestRun
{
    private const string RequestIdParameter = "gateway-api-conformance-request-id";
    private const int Concurrency = 10;
    private const int PercentageRequests = 500;
    private const int PercentageAttempts = 5;
    private const double Sigmas = 3;
    private static readonly TimeSpan MirrorLimit = TimeSpan.FromSeconds(10);

    /// <summary>Requests one after the other, each answer as expected and checked further; no second try.</summary>
    public async Task EachAsync(IPEndPoint target, CaseData item, Func<SeenRequest, string?> check)
    {
        await HoldsAsync(target, item);
        for (var i = 0; i < item.Request.Count; i++)
        {
            var request = Request(target, item.Request);
            var answer = await Rig.Client.SendAsync(request, Cancellation);
            if ((AnswerRules.Compare(answer, request, item) ?? check(answer.Seen!)) is { } problem)
                throw new ConformanceException($"{Name(item)}, request {i + 1}: {problem}");
        }
    }

    /// <summary>Every request must succeed, and each backend get its share; one good round is enough.</summary>
    public async Task SharesAsync(IPEndPoint target, CaseData item)
    {
        var isGrpc = item.Expect.GrpcStatus is not null;
        if (isGrpc)
            await Consistency.HoldsAsync(Name(item), token => GrpcOnceAsync(target, item, token), Cancellation);
        else
            await HoldsAsync(target, item);
        string? problem = null;
        for (var attempt = 0; attempt < item.Expect.MaxAttempts; attempt++)
        {
            problem = await RoundAsync(target, item, isGrpc);
            if (problem is null)
                return;
        }
        throw new ConformanceException($"{Name(item)}: {problem} (in the last of {item.Expect.MaxAttempts} attempts)");
    }

    private async Task<string?> RoundAsync(IPEndPoint target, CaseData item, bool isGrpc)
    {
        var pods = new ConcurrentBag<string>();
        var problem = await ManyAsync(item.Request.Count!.Value, item.Request.Concurrency ?? Concurrency, async token =>
        {
            // A field on half of the requests, so that nothing can hash them all alike.
            var headers = Random.Shared.Next(2) == 0 ? item.Request.Headers : new Dictionary<string, string>(item.Request.Headers) { ["X-Jitter"] = Guid.NewGuid().ToString() };
            SeenRequest? seen;
            if (isGrpc)
            {
                var answer = await Rig.Client.CallAsync(GrpcRequest(target, item), token);
                if (answer.Status != GrpcAnswer.Ok)
                    return $"gRPC status {answer.Status} ({answer.Message})";
                seen = answer.Seen;
            }
            else
            {
                var request = Request(target, item.Request with { Headers = headers });
                var answer = await Rig.Client.SendAsync(request, token);
                if (AnswerRules.Compare(answer, request, item) is { } difference)
                    return difference;
                seen = answer.Seen;
            }
            pods.Add(seen!.Pod);
            return null;
        });
        return problem ?? Distribution.Compare(pods, item.Expect.Distribution!, item.Expect.ToleranceAbsolute!.Value);
    }

    private async Task MirroredAsync(IPEndPoint target, CaseData item)
    {
        if (item.Expect.MirroredTo.Any(mirror => mirror.Percent is not null))
        {
            await PercentageAsync(target, item);
            return;
        }
        var marked = Marked(item);
        await HoldsAsync(target, marked);
        foreach (var mirror in item.Expect.MirroredTo)
            await LoggedAsync(marked, mirror, count => count > 0 ? null : "no copy arrived");
    }

    private async Task PercentageAsync(IPEndPoint target, CaseData item)
    {
        string? problem = null;
        for (var attempt = 0; attempt < PercentageAttempts; attempt++)
        {
            var marked = Marked(item);
            problem = await ManyAsync(PercentageRequests, Concurrency, async token =>
            {
                var request = Request(target, marked.Request);
                return AnswerRules.Compare(await Rig.Client.SendAsync(request, token), request, marked);
            });
            if (problem is not null)
                throw new ConformanceException($"{Name(item)}: {problem}");
            try
            {
                foreach (var mirror in item.Expect.MirroredTo)
                    await LoggedAsync(marked, mirror, count => Outside(count, mirror.Percent!.Value / 100));
                return;
            }
            catch (ConformanceException error)
            {
                problem = error.Message;
            }
        }
        throw new ConformanceException($"{problem} (in the last of {PercentageAttempts} attempts)");
    }

    /// <summary>Within three standard deviations of the binomial distribution.</summary>
    private static string? Outside(int count, double share)
    {
        var mean = PercentageRequests * share;
        var tolerance = Sigmas * Math.Sqrt(mean * (1 - share));
        return Math.Abs(count - mean) <= tolerance ? null : FormattableString.Invariant($"{count} copies of {PercentageRequests} arrived, expected {mean:F0} within {tolerance:F1}");
    }

    /// <summary>Looks into the logs of the mirror's pods until what they say is right.</summary>
    private async Task LoggedAsync(CaseData marked, MirrorData mirror, Func<int, string?> check)
    {
        var since = Stopwatch.GetTimestamp();
        while (check(Rig.CountRequests(mirror.Namespace, mirror.Backend, marked.Request.Path)) is { } problem)
        {
            if (Stopwatch.GetElapsedTime(since) > MirrorLimit)
                throw new ConformanceException($"{Name(marked)}: {problem} at {mirror.Backend}");
            await Task.Delay(PollInterval, Cancellation);
        }
    }

    /// <summary>The case with a query parameter by which the logs show its requests, and only its.</summary>
    private static CaseData Marked(CaseData item)
    {
        var path = $"{item.Request.Path}{(item.Request.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{RequestIdParameter}={Guid.NewGuid()}";
        return item with
        {
            Request = item.Request with { Path = path },
            Expect = item.Expect with { BackendRequest = item.Expect.BackendRequest is { } seen ? seen with { Path = path } : null },
        };
    }

    /// <returns>The first problem, or null.</returns>
    private async Task<string?> ManyAsync(int count, int concurrency, Func<CancellationToken, Task<string?>> once)
    {
        string? problem = null;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = Cancellation }, async (_, token) =>
        {
            if (problem is not null)
                return;
            try
            {
                if (await once(token) is { } found)
                    problem = found;
            }
            catch (Exception error) when (error is HttpRequestException or IOException or FormatException)
            {
                problem = error.Message;
            }
        });
        return problem;
    }
}

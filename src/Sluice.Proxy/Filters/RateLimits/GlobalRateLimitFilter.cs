using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Services;
using Sluice.Proxy.Http;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>
/// Has a service count requests: envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit. A request that none of the descriptors
/// fits is not asked about. What cannot be asked passes, unless the policy says otherwise.
/// </summary>
internal sealed class GlobalRateLimitFilter : IRequestFilter
{
    private static readonly FilterDenial OverLimit = new(429, "global_rate_limited", "", new HeaderValue("x-envoy-ratelimited", "true")) { Details = "request_rate_limited" };

    private readonly FilterDenial[] _failures;
    private readonly int _clusterId;
    private readonly bool _failsOpen;
    private readonly bool _sendsHeaders;
    private readonly CallSettings _settings;
    private readonly GrpcCallHead _head;
    private readonly string _domain;
    private readonly DescriptorWriter[] _descriptors;

    private GlobalRateLimitFilter(GlobalRateLimitPolicy policy, GrpcService service, int clusterId)
    {
        _clusterId = clusterId;
        _failsOpen = policy.FailOpen;
        _sendsHeaders = policy.SendHeaders;
        _domain = policy.Domain;
        _settings = CallSettings.Of(service.Timeout, service.Retry, GlobalRateLimitPolicy.MaxResponseBytes);
        _head = new GrpcCallHead(service.Authority, "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit", _settings.Timeout);
        _descriptors = [.. policy.Descriptors.Select(descriptor => new DescriptorWriter(descriptor))];
        _failures =
        [
            .. Enum.GetValues<CallOutcome>().Select(outcome => new FilterDenial(500, $"global_rate_limit_{CallOutcomes.Name(outcome)}", "")
            {
                Details = "rate_limiter_error",
            }),
        ];
    }

    public string Name => "globalRateLimit";

    public FilterStage Stage => FilterStage.RateLimit;

    /// <summary>Null when it cannot be put in force.</summary>
    public static GlobalRateLimitFilter? Create(GlobalRateLimitPolicy policy, Func<string, int>? clusterIds, ICollection<string> problems)
    {
        int cluster = policy.Service is null ? -1 : clusterIds?.Invoke(policy.Service.Cluster) ?? -1;
        string? problem =
            policy.Service is null ? "there is no service that could be asked"
            : cluster < 0 ? $"the service's cluster \"{policy.Service.Cluster}\" is not there"
            : policy.Domain.Length == 0 ? "the domain is empty"
            : policy.Descriptors.Count == 0 || policy.Descriptors.Any(descriptor => descriptor.Entries.Count == 0) ? "there must be descriptors, and each must have entries"
            : GrpcCalls.Problem(policy.Service);
        if (problem is null)
            return new GlobalRateLimitFilter(policy, policy.Service!, cluster);
        problems.Add($"globalRateLimit: {problem}");
        return null;
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (context.Calls is not { } calls || context.Clusters[_clusterId] is not { } runtime)
            return Fail(CallOutcome.Unreachable, context);
        WorkerCluster cluster = runtime.For(calls.Worker);
        if (cluster.Protocol != UpstreamProtocol.Http2)
            return Fail(CallOutcome.Malformed, context);
        UpstreamCall call = calls.Rent();
        if (!TryWrite(call.BeginMessage(), head, context))
        {
            call.Return();
            return FilterVerdict.Continue;
        }
        call.StartGrpc(cluster, _settings, _head);
        if (call.IsDone)
            return Conclude(call, context);
        context.Running = call;
        return context.Wait(FinishAsync(call, context));
    }

    // RateLimitRequest: domain 1, descriptors 2; hits_addend 3 is 1 when it is not said. False: nothing is to be counted.
    private bool TryWrite(ProtobufWriter writer, RequestHead head, FilterContext context)
    {
        writer.Text(1, _domain);
        bool any = false;
        foreach (DescriptorWriter descriptor in _descriptors)
            any |= descriptor.TryWrite(writer, head, context);
        return any;
    }

    private async Task<FilterVerdict> FinishAsync(UpstreamCall call, FilterContext context)
    {
        await call.WaitAsync().ConfigureAwait(false);
        context.Running = null;
        return Conclude(call, context);
    }

    private FilterVerdict Conclude(UpstreamCall call, FilterContext context)
    {
        CallOutcome outcome = call.Outcome;
        FilterVerdict? verdict = outcome == CallOutcome.Answered && !context.IsCancelled ? Judge(call.Body, context) : null;
        call.Return();
        if (outcome == CallOutcome.Cancelled || context.IsCancelled)
            return FilterVerdict.Cancelled;
        return verdict ?? Fail(outcome == CallOutcome.Answered ? CallOutcome.Malformed : outcome, context);
    }

    private FilterVerdict? Judge(ReadOnlySpan<byte> message, FilterContext context)
    {
        if (!RateLimitAnswer.TryRead(message, out RateLimitAnswer answer))
            return null;
        if (_sendsHeaders && answer.HasLimit)
            AddLimit(answer, context);
        bool isOver = answer.Code == RateLimitAnswer.OverLimit;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field is not (3 or 4) || !HeaderOption.TryReadField(reader.Bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
                continue;
            if (reader.Field == 3)
                context.AddResponseField(name, value);
            else if (!isOver)
                RequestChanges.Set(context, name, value);
        }
        if (!isOver)
            return FilterVerdict.Continue;
        return context.Deny(answer.Body.Length == 0 ? OverLimit : new FilterDenial(429, OverLimit.Reason, answer.Body.ToArray(), [("x-envoy-ratelimited"u8.ToArray(), "true"u8.ToArray())])
        {
            Details = OverLimit.Details,
        });
    }

    // draft-ietf-httpapi-ratelimit-headers-03, as Envoy writes it: the limit that is nearest, then all of them with their windows.
    private static void AddLimit(in RateLimitAnswer answer, FilterContext context)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{answer.Limit}");
        RateLimitAnswer.AppendLimits(answer.Message, text);
        context.AddResponseField("X-RateLimit-Limit"u8, Encoding.UTF8.GetBytes(text.ToString()));
        AddNumber("X-RateLimit-Remaining"u8, answer.Remaining, context);
        AddNumber("X-RateLimit-Reset"u8, answer.Reset, context);
    }

    private static void AddNumber(ReadOnlySpan<byte> name, ulong number, FilterContext context)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out int length);
        context.AddResponseField(name, text[..length]);
    }

    private FilterVerdict Fail(CallOutcome outcome, FilterContext context)
    {
        FilterDenial denial = _failures[(int)outcome];
        if (!_failsOpen)
            return context.Deny(denial);
        context.Shadow(denial.Reason);
        return FilterVerdict.Continue;
    }
}

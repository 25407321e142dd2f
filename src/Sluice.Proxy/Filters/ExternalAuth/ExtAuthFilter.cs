using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Filters.ExternalAuth;

/// <summary>
/// Asks a service whether a request may pass. Whatever is not a plain yes keeps the request out: a service that cannot be reached, is too
/// slow, breaks off, answers nonsense or wants what it may not do, unless the policy says that requests pass then.
/// </summary>
internal abstract class ExtAuthFilter : IRequestFilter
{
    private readonly FilterDenial[] _failures;
    private readonly int _clusterId;
    private readonly bool _failsOpen;

    protected ExtAuthFilter(ExtAuthPolicy policy, int clusterId)
    {
        _clusterId = clusterId;
        _failsOpen = policy.FailOpen;
        _failures =
        [
            .. Enum.GetValues<CallOutcome>().Select(outcome => new FilterDenial(policy.StatusOnError, $"ext_auth_{CallOutcomes.Name(outcome)}", "")
            {
                Details = "ext_authz_error",
            }),
        ];
    }

    public string Name => "extAuth";

    public FilterStage Stage => FilterStage.Authentication;

    /// <summary>Null when it cannot be put in force.</summary>
    public static ExtAuthFilter? Create(ExtAuthPolicy policy, Func<string, int>? clusterIds, ICollection<string> problems)
    {
        string? name = policy.Grpc?.Cluster ?? policy.Http?.Cluster;
        int cluster = name is null ? -1 : clusterIds?.Invoke(name) ?? -1;
        string? problem =
            name is null || (policy.Grpc is not null && policy.Http is not null) ? "there must be one service that is asked"
            : cluster < 0 ? $"the service's cluster \"{name}\" is not there"
            : policy.StatusOnError is < 200 or > 599 ? $"statusOnError {policy.StatusOnError} must be from 200 to 599"
            : policy.HeadersToForward.FirstOrDefault(header => !FieldSyntax.IsName(header)) is { } header ? $"\"{header}\" is no field name"
            : policy.Http is null ? GrpcCalls.Problem(policy.Grpc!) : HttpExtAuthFilter.Problem(policy.Http);
        if (problem is not null)
        {
            problems.Add($"extAuth: {problem}");
            return null;
        }
        return policy.Grpc is { } grpc ? new GrpcExtAuthFilter(policy, grpc, cluster) : new HttpExtAuthFilter(policy, policy.Http!, cluster);
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (context.Calls is not { } calls || context.Clusters[_clusterId] is not { } runtime)
            return Fail(CallOutcome.Unreachable, context);
        WorkerCluster cluster = runtime.For(calls.Worker);
        UpstreamCall call = calls.Rent();
        if (!Start(call, cluster, head, context))
        {
            call.Return();
            return Fail(CallOutcome.Malformed, context);
        }
        if (call.IsDone)
            return Conclude(call, context);
        context.Running = call;
        return context.Wait(FinishAsync(call, context));
    }

    /// <summary>False when the service cannot be asked as it is configured.</summary>
    protected abstract bool Start(UpstreamCall call, WorkerCluster cluster, RequestHead head, FilterContext context);

    /// <summary>What the answer says; the request's head is <see cref="FilterContext.Held"/>. Null: nothing that can be used.</summary>
    protected abstract FilterVerdict? Judge(UpstreamCall call, FilterContext context);

    protected static byte[][] LowerNames(IReadOnlyList<string> names) => [.. names.Select(name => Encoding.ASCII.GetBytes(name.ToLowerInvariant()))];

    protected static bool Contains(byte[][] names, ReadOnlySpan<byte> lowerName)
    {
        foreach (byte[] name in names)
        {
            if (lowerName.SequenceEqual(name))
                return true;
        }
        return false;
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
        FilterVerdict? verdict = outcome == CallOutcome.Answered && !context.IsCancelled ? Judge(call, context) : null;
        call.Return();
        if (outcome == CallOutcome.Cancelled || context.IsCancelled)
            return FilterVerdict.Cancelled;
        return verdict ?? Fail(outcome == CallOutcome.Answered ? CallOutcome.Malformed : outcome, context);
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

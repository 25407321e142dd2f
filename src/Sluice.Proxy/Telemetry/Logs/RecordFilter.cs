using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>A compiled filter.</summary>
internal abstract class RecordFilter
{
    public abstract bool Passes(RequestRecord record, Worker worker);

    /// <exception cref="LogFormatException">The filter cannot be used.</exception>
    public static RecordFilter Compile(AccessLogFilter filter, CapturePlan plan, int depth = 1)
    {
        if (depth > AccessLogFilter.MaxDepth)
            throw new LogFormatException($"filters stand more than {AccessLogFilter.MaxDepth} deep in each other");
        return filter switch
        {
            StatusCodeFilter status => new ComparisonFilter(status.Comparison, status.Value, isDuration: false),
            DurationFilter duration => new ComparisonFilter(duration.Comparison, (long)duration.Value.TotalMilliseconds, isDuration: true),
            NotHealthCheckFilter => new HealthCheckFilter(CapturePlan.Add(plan.Request, "user-agent")),
            TraceableFilter => new SampledFilter(),
            HeaderFilter header => new FieldFilter(header.Match, CapturePlan.Add(plan.Request, header.Match.Name.ToLowerInvariant())),
            ResponseFlagFilter flags => new FlagFilter(flags.Flags),
            GrpcStatusFilter grpc => new StatusFilter(grpc),
            SampleFilter sample => new ShareFilter(sample),
            ListenerFilter listeners => new ListenerNameFilter(listeners),
            AndFilter and => new GroupFilter([.. and.Filters.Select(one => Compile(one, plan, depth + 1))], all: true),
            OrFilter or => new GroupFilter([.. or.Filters.Select(one => Compile(one, plan, depth + 1))], all: false),
            CelFilter cel => throw new LogFormatException($"the filter \"{cel.Expression}\" is a CEL expression, which access logs cannot evaluate yet; use the other kinds of filters"),
            _ => throw new LogFormatException($"the filter {filter.GetType().Name} is not known"),
        };
    }
}

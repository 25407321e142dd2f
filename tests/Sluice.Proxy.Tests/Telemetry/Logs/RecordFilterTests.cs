using System.Diagnostics;
using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>Which requests get a line.</summary>
public sealed class RecordFilterTests
{
    [Theory]
    [InlineData("status>=500", true)]
    [InlineData("status=503", true)]
    [InlineData("status<=499", false)]
    [InlineData("duration>=1500ms", true)]
    [InlineData("duration>1500ms", false)]
    [InlineData("flag=UF,DC", true)]
    [InlineData("flag=DC", false)]
    [InlineData("flag=any", true)]
    [InlineData("grpc-status=UNAVAILABLE", true)]
    [InlineData("grpc-status!=14,4", false)]
    [InlineData("header:x-a", true)]
    [InlineData("header:x-b", false)]
    [InlineData("header:x-a=1,2", true)]
    [InlineData("header:x-a=~1.*", true)]
    [InlineData("header:x-a=1", false)]
    [InlineData("not-health-check", true)]
    [InlineData("traced", false)]
    [InlineData("sample=100", true)]
    [InlineData("sample=0", false)]
    [InlineData("status=200 || flag=UF", true)]
    [InlineData("status=503 && traced", false)]
    public void Filter_Passes(string filter, bool expected) => Assert.Equal(expected, Passes(FilterExpression.Parse(filter), Record));

    [Theory]
    [InlineData("kube-probe/1.30", false)]
    [InlineData("GoogleHC/1.0", false)]
    [InlineData("Mozilla/5.0 kube-probe/1.30", true)]
    public void HealthChecks_AreKnownByUserAgent(string agent, bool expected) =>
        Assert.Equal(expected, Passes(new NotHealthCheckFilter(), plan => Take(new RequestRecord(plan), ("User-Agent", agent))));

    [Fact]
    public void HealthChecks_AreKnownByTheListenersPath() =>
        Assert.False(Passes(new NotHealthCheckFilter(), plan =>
        {
            var record = Take(new RequestRecord(plan));
            record.IsHealthCheck = true;
            return record;
        }));

    [Theory]
    [InlineData("http", true)]
    [InlineData("https", false)]
    public void Listeners_AreKnownByName(string name, bool expected)
    {
        var source = new Listener { Name = "http", Port = 80, BindPort = 80, Protocol = ListenerProtocol.Http, Hostname = "" };
        var listener = new RuntimeListener(source, HostTable<RuntimeVirtualHost>.Create([], []));

        Assert.Equal(expected, Passes(new ListenerFilter([name, "other"]), plan => new RequestRecord(plan) { Listener = listener }));
        Assert.False(Passes(new ListenerFilter([name]), plan => new RequestRecord(plan)));
    }

    [Fact]
    public void ShareOfRequests_IsAboutAsLargeAsSaid_AndTheSameForAnId()
    {
        var filter = new SampleFilter(25, 100);
        var ids = Enumerable.Range(0, 4000).Select(i => $"request-{i}").ToArray();

        var chosen = ids.Where(id => Passes(filter, plan => WithId(plan, id))).ToArray();

        Assert.InRange(chosen.Length, 800, 1200);
        Assert.Equal(chosen, ids.Where(id => Passes(filter, plan => WithId(plan, id))));
    }

    [Fact]
    public void GrpcStatusThatIsMissing_IsReadFromHttp() =>
        Assert.True(Passes(new GrpcStatusFilter([14]), plan =>
        {
            var record = Record(plan);
            record.GrpcStatus = -1;
            return record;
        }));

    [Fact]
    public void Cel_IsRefused()
    {
        var error = Assert.Throws<LogFormatException>(() => RecordFilter.Compile(new AndFilter([new CelFilter("a == b")]), new CapturePlan()));

        Assert.Contains("\"a == b\" is a CEL expression", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FiltersThatAreTooDeep_AreRefused()
    {
        AccessLogFilter filter = new TraceableFilter();
        for (var i = 0; i < AccessLogFilter.MaxDepth; i++)
            filter = new AndFilter([filter]);

        Assert.Throws<LogFormatException>(() => RecordFilter.Compile(filter, new CapturePlan()));
    }

    private static bool Passes(AccessLogFilter filter, Func<CapturePlan, RequestRecord> make)
    {
        using var worker = new Worker(0, (_, _) => { });
        var plan = new CapturePlan();
        var compiled = RecordFilter.Compile(filter, plan);
        return compiled.Passes(make(plan), worker);
    }

    private static RequestRecord Record(CapturePlan plan)
    {
        var record = Take(new RequestRecord(plan), ("X-A", "1"), ("X-A", "2"), ("User-Agent", "curl/8"));
        record.StatusCode = 503;
        record.Flags = ResponseFlags.UF;
        record.IsGrpc = true;
        record.GrpcStatus = 14;
        record.Started = 5;
        record.Ended = 5 + (3 * Stopwatch.Frequency / 2);
        record.RequestId = new RequestId(0, 7);
        return record;
    }

    private static RequestRecord WithId(CapturePlan plan, string id)
    {
        var record = Take(new RequestRecord(plan));
        record.RequestIdField = record.Copy(System.Text.Encoding.ASCII.GetBytes(id), default);
        return record;
    }

    private static RequestRecord Take(RequestRecord record, params (string Name, string Value)[] fields)
    {
        record.Reset();
        record.Take(TestHead.Get("/", fields));
        return record;
    }
}

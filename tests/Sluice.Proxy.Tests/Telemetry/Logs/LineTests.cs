using System.Diagnostics;
using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>What the operators become, for a record that is made here.</summary>
public sealed class LineTests
{
    [Theory]
    [InlineData("%START_TIME%", "2024-02-03T04:05:06.789Z")]
    [InlineData("%START_TIME(%d/%b/%Y:%H:%M:%S %z)%", "03/Feb/2024:04:05:06 +0000")]
    [InlineData("%START_TIME(%s.%3f)%", "1706933106.789")]
    [InlineData("%START_TIME(%A %a %j %e %I %p %y %T %F %D %R %Z %% %6f %f)%", "Saturday Sat 034  3 04 AM 24 04:05:06 2024-02-03 02/03/24 04:05 UTC % 789012 789012300")]
    [InlineData("%REQ(:METHOD)% %REQ(:PATH)% %REQ(:AUTHORITY)% %REQ(:SCHEME)%", "GET /a/b?c=d a.example http")]
    [InlineData("%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%", "/a/b?c=d")]
    [InlineData("%REQ(x-one?x-two)%", "1")]
    [InlineData("%REQ(x-none?x-two)%", "2,3")]
    [InlineData("%REQ(x-none?x-nothing)% %REQ(x-none)%", "- -")]
    [InlineData("%REQ(X-TWO):1%", "2")]
    [InlineData("%REQ(:PATH):4%", "/a/b")]
    [InlineData("%PROTOCOL%", "HTTP/1.1")]
    [InlineData("%RESPONSE_CODE% %RESP(:STATUS)%", "503 503")]
    [InlineData("%RESPONSE_CODE_DETAILS%", "no_healthy_upstream")]
    [InlineData("%RESPONSE_FLAGS%", "UH,URX")]
    [InlineData("%DURATION% %REQUEST_DURATION% %RESPONSE_DURATION%", "1500 20 -")]
    [InlineData("%BYTES_RECEIVED% %BYTES_SENT%", "12 345")]
    [InlineData("%DOWNSTREAM_REMOTE_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%", "[2001:db8::1]:4711 2001:db8::1")]
    [InlineData("%UPSTREAM_HOST% %UPSTREAM_CLUSTER% %ROUTE_NAME% %LISTENER%", "- - - -")]
    [InlineData("%GATEWAY%", "ns/gw")]
    [InlineData("%VIRTUAL_CLUSTER_NAME% %DYNAMIC_METADATA(a:b)% %TRACE_ID%", "- - -")]
    [InlineData("%GRPC_STATUS% %GRPC_STATUS(SNAKE_STRING)% %GRPC_STATUS(NUMBER)% %GRPC_STATUS_NUMBER%", "DeadlineExceeded DEADLINE_EXCEEDED 4 4")]
    [InlineData("%UPSTREAM_REQUEST_ATTEMPT_COUNT% %CONNECTION_ID%", "3 77")]
    [InlineData("%UPSTREAM_TRANSPORT_FAILURE_REASON%", "tls_certificate")]
    [InlineData("%STREAM_ID%", "0000002a-0000-4000-8000-00000000002b")]
    [InlineData("%DOWNSTREAM_TLS_VERSION% %REQUESTED_SERVER_NAME%", "TLSv1.3 -")]
    [InlineData("100%% \"%REQ(x-quote)%\"", "100% \"say \\\"hi\\\"\"")]
    public void Operator_IsReplaced(string format, string expected) =>
        Assert.Equal(expected, Write(new AccessLogFormat(AccessLogFormatType.Text, format)));

    [Fact]
    public void JsonFormat_KeepsTypesAndNesting()
    {
        const string Format = """{"n":"%RESPONSE_CODE%","cut":"%RESPONSE_CODE:2%","s":"%REQ(x-quote)%","none":"%REQ(x-none)%","no number":"%RESPONSE_DURATION%","mixed":"a \"%REQ(x-none)%/%PROTOCOL%","k":{"l":[1,false,null,"%BYTES_SENT%"]},"e":{},"é\n":""}""";

        Assert.Equal(
            """{"n":503,"cut":"50","s":"say \"hi\"","none":null,"no number":null,"mixed":"a \"-/HTTP/1.1","k":{"l":[1,false,null,345]},"e":{},"é\n":""}""" + "\n",
            Write(new AccessLogFormat(AccessLogFormatType.Json, Format)));
    }

    [Fact]
    public void DefaultFormats_CanBeWritten()
    {
        Assert.EndsWith("\n", Write(AccessLogFormat.DefaultText), StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(Write(AccessLogFormat.DefaultJson));
        Assert.Equal(20, json.RootElement.EnumerateObject().Count());
    }

    [Fact]
    public void OneSecondAfterTheOther_IsWrittenRight()
    {
        var values = new OperatorValues("a/b");
        Span<byte> scratch = stackalloc byte[OperatorValues.ScratchSize];
        var ticks = new DateTime(2023, 12, 31, 23, 59, 59, 999, DateTimeKind.Utc).Ticks;
        Assert.Equal("2023-12-31T23:59:59.999Z", Encoding.ASCII.GetString(values.Time(ticks, scratch)));
        Assert.Equal("2024-01-01T00:00:00.000Z", Encoding.ASCII.GetString(values.Time(ticks + TimeSpan.TicksPerMillisecond, scratch)));
        Assert.Equal("2023-12-31T23:59:59.999Z", Encoding.ASCII.GetString(values.Time(ticks, scratch)));
    }

    [Fact]
    public void LongValues_AreCut_AndTooManyAreAbsent()
    {
        var plan = new CapturePlan();
        var format = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"%REQ(x-{i})%"));
        var steps = LogCompiler.Compile(new AccessLogFormat(AccessLogFormatType.Text, format), plan);
        var record = new RequestRecord(plan);
        record.Reset();
        record.Take(TestHead.Get("/", [.. Enumerable.Range(0, 20).Select(i => ($"X-{i}", new string('v', 2500)))]));

        var space = new byte[RecordBuffer.Size];
        var writer = new RecordWriter(space);
        LineWriter.Write(ref writer, steps, record, new OperatorValues("a/b"));

        Assert.False(writer.IsFull);
        var written = Encoding.ASCII.GetString(space, 0, writer.Length).Split(' ');
        Assert.Equal(20, written.Length);
        Assert.Contains("-", written);
        Assert.InRange(written.Count(value => value.Length == 2500), 10, 13);
    }

    private static string Write(AccessLogFormat format)
    {
        var plan = new CapturePlan();
        var steps = LogCompiler.Compile(format, plan);
        var record = new RequestRecord(plan);
        record.Reset();
        record.Take(TestHead.Create("GET", "a.example", "/a/b", "?c=d", ("X-One", "1"), ("X-Two", "2"), ("x-two", "3"), ("X-Quote", "say \"hi\"")));
        record.StartTicks = new DateTime(2024, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc).Ticks + 123;
        record.Started = 1_000_000;
        record.RequestEnded = record.Started + (Stopwatch.Frequency / 50);
        record.Ended = record.Started + (3 * Stopwatch.Frequency / 2);
        record.Protocol = HttpProtocol.Http11;
        record.StatusCode = 503;
        record.Details = ResponseDetails.NoHealthyUpstream;
        record.Flags = ResponseFlags.UH | ResponseFlags.URX;
        record.BytesReceived = 12;
        record.BytesSent = 345;
        record.ClientAddress = record.Copy("2001:db8::1"u8, default);
        record.ClientPort = 4711;
        record.GrpcStatus = 4;
        record.Attempts = 3;
        record.ConnectionId = 77;
        record.Failure = UpstreamFailure.TlsCertificate;
        record.RequestId = new RequestId(0x2a_0000_0000, 0x2b);
        record.TlsVersion = 0x304;

        var space = new byte[RecordBuffer.Size];
        var writer = new RecordWriter(space);
        LineWriter.Write(ref writer, steps, record, new OperatorValues("ns/gw"));
        Assert.False(writer.IsFull);
        return Encoding.UTF8.GetString(space, 0, writer.Length);
    }
}

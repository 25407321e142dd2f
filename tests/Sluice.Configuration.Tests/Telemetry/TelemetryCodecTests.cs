using System.Text;
using Sluice.Configuration.Json;
using Sluice.Configuration.Streaming;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Tests.Telemetry;

/// <summary>Telemetry in the contract: as JSON, and on the stream.</summary>
public sealed class TelemetryCodecTests
{
    private static readonly TelemetrySettings Everything = new()
    {
        AccessLogs =
        [
            new AccessLog
            {
                Sink = new FileLogSink("/var/log/a.log"),
                Format = new AccessLogFormat(AccessLogFormatType.Text, "%PROTOCOL%\n"),
                Filter = new OrFilter(
                [
                    new AndFilter([new StatusCodeFilter(FilterComparison.AtLeast, 500), new NotHealthCheckFilter(), new TraceableFilter()]),
                    new DurationFilter(FilterComparison.AtMost, TimeSpan.FromSeconds(1)),
                    new HeaderFilter(new ValueMatch("x-a", ValueMatchType.Exact, "b")),
                    new ResponseFlagFilter(ResponseFlags.UF | ResponseFlags.DC),
                    new GrpcStatusFilter([1, 14], Exclude: true),
                    new SampleFilter(1, 100, IsIndependent: true),
                    new CelFilter("true"),
                ]),
            },
            new AccessLog { Sink = new OtlpLogSink { Provider = new OtlpProvider { Host = "c", Port = 1 }, Attributes = "{}" } },
        ],
        Tracing = new Tracing
        {
            Provider = new OtlpProvider
            {
                Protocol = OtlpProtocol.Http,
                Host = "::1",
                Port = 2,
                IsSecure = true,
                ServerName = "n",
                CaCertificates = ["pem"],
                Path = "/p",
                Timeout = TimeSpan.FromSeconds(1),
                ServiceName = "s",
                Headers = [new HeaderValue("authorization", "Bearer secret")],
            },
            RandomSampling = 0.5,
            ClientSampling = 1,
            OverallSampling = 50,
            SpawnUpstreamSpan = true,
            MaxPathTagLength = 9,
            Attributes = [new SpanAttribute("a", "%REQ(X-A)%", "d"), new SpanAttribute("b", "c")],
        },
    };

    [Fact]
    public void Settings_AreReadAsTheyWereWritten()
    {
        var read = ConfigurationJson.Read(ConfigurationJson.ToBytes(With(Everything), Secrets.Included)).Telemetry!;

        Assert.Equal(TelemetryJson.ToBytes(Everything), TelemetryJson.ToBytes(read));
        Assert.Equal(7, Assert.IsType<OrFilter>(read.AccessLogs[0].Filter).Filters.Count);
        Assert.Equal("Bearer secret", read.Tracing!.Provider.Headers[0].Value);
        Assert.Equal(0.5, read.Tracing.RandomSampling);
    }

    [Fact]
    public void HeadersForCollectors_AreNotShown()
    {
        var shown = Encoding.UTF8.GetString(ConfigurationJson.ToBytes(With(Everything), Secrets.Hidden));

        Assert.DoesNotContain("Bearer secret", shown, StringComparison.Ordinal);
        Assert.Contains("authorization", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ComeAndGo_OverTheStream()
    {
        var reader = new UpdateReader();
        var none = ConfigurationTables.Of(With(null));
        var all = ConfigurationTables.Of(With(Everything));

        Send(reader, ConfigurationTables.Empty, none, 1, UpdateBase.Nothing);
        Assert.Null(reader.Current.Configuration.Telemetry);
        Send(reader, none, all, 2, UpdateBase.Version);
        Assert.Equal(TelemetryJson.ToBytes(Everything), TelemetryJson.ToBytes(reader.Current.Configuration.Telemetry!));
        Assert.Equal(ConfigurationDigest.Of(all), ConfigurationDigest.Of(ConfigurationTables.Of(reader.Current.Configuration)));
        Send(reader, all, none, 3, UpdateBase.Version);
        Assert.Null(reader.Current.Configuration.Telemetry);
    }

    private static void Send(UpdateReader reader, ConfigurationTables from, ConfigurationTables to, long version, UpdateBase updateBase)
    {
        var done = false;
        UpdateWriter.Write(from, to, version, updateBase, version - 1, Secrets.Included, frame =>
            done = reader.Read((FrameType)frame[4], frame[5..].ToArray()));
        Assert.True(done);
    }

    private static ProxyConfiguration With(TelemetrySettings? telemetry) =>
        new() { Gateway = "a/b", Addresses = ["127.0.0.1"], Listeners = [], Clusters = [], Telemetry = telemetry };
}

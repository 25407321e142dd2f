using System.Globalization;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>curl in every version of HTTP that it speaks in the clear.</summary>
public sealed class CurlTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private const string Http10 = "--http1.0";
    private const string Http11 = "--http1.1";
    private const string Http2 = "--http2-prior-knowledge";

    public static TheoryData<string> Versions => [Http10, Http11, Http2];

    public static TheoryData<string> LaterVersions => [Http11, Http2];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Version_IsTheClientsOwnAffair(string version)
    {
        var text = await CurlAsync($"{version} -w ' %{{http_version}}'", "/request");

        var spoken = version switch { Http10 => "1.1", Http11 => "1.1", _ => "2" };
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"GET HTTP/1.1 127.0.0.1:{fixture.Gateway.Port} {spoken}"), text);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Download_WithContentLength_IsWhole(string version) => await DownloadAsync(version, "/file");

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Download_OfUnknownLength_IsWhole(string version) => await DownloadAsync(version, "/stream");

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Upload_WithContentLength_IsWhole(string version)
    {
        var receipt = await CurlAsync($"{version} -T '{fixture.UploadFile}'", "/upload");

        Assert.Equal(ContentBackend.Receipt(ContentBackend.File), receipt);
    }

    [Theory]
    [MemberData(nameof(LaterVersions))]
    public async Task Upload_OfUnknownLength_IsWhole(string version)
    {
        var receipt = await CurlAsync($"{version} -T -", "/upload", before: $"cat '{fixture.UploadFile}' | ");

        Assert.Equal(ContentBackend.Receipt(ContentBackend.File), receipt);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Range_IsTheBackends(string version)
    {
        var file = Path.Combine(fixture.Folder.FullName, Guid.NewGuid().ToString("N"));
        var head = await CurlAsync($"{version} -r 1000-1999 -D - -o '{file}'", "/file");

        Assert.Contains(" 206", head, StringComparison.Ordinal);
        Assert.Contains($"content-range: bytes 1000-1999/{ContentBackend.FileLength}", head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ContentBackend.File[1000..2000], await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Range_BeyondTheEnd_IsRefusedByTheBackend(string version)
    {
        var head = await CurlAsync($"{version} -r {ContentBackend.FileLength}- -D - -o /dev/null", "/file");

        Assert.Contains(" 416", head, StringComparison.Ordinal);
        Assert.Contains($"content-range: bytes */{ContentBackend.FileLength}", head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task IfRange_OfAnotherVersion_GetsAllOfIt(string version)
    {
        var status = await CurlAsync($"{version} -r 0-9 -H 'If-Range: \"v0\"' -o /dev/null -w '%{{http_code}} %{{size_download}}'", "/file");

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"200 {ContentBackend.FileLength}"), status);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Conditions_AreTheBackends(string version)
    {
        foreach (var (condition, expected) in new[]
        {
            ("If-None-Match: \"v1\"", "304"), ("If-None-Match: \"v0\"", "200"), ("If-Match: \"v0\"", "412"), ("If-Match: \"v1\"", "200"),
            ($"If-Modified-Since: {ContentBackend.LastModified:R}", "304"), ($"If-Unmodified-Since: {ContentBackend.LastModified.AddDays(-1):R}", "412"),
        })
        {
            var status = await CurlAsync($"{version} -H '{condition}' -o /dev/null -w '%{{http_code}} %{{header_json}}'", "/file");
            Assert.StartsWith(expected, status, StringComparison.Ordinal);
            Assert.Contains("\\\"v1\\\"", expected == "412" ? "\\\"v1\\\"" : status, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Head_SaysWhatGetWould(string version)
    {
        var head = await CurlAsync($"{version} -I", "/file");

        Assert.Contains($"content-length: {ContentBackend.FileLength}", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"etag: {ContentBackend.ETag}", head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("accept-ranges: bytes", head, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Not over HTTP/2: curl 7.88 with prior knowledge fails to use a connection again, whatever the server. h2load does.</summary>
    [Fact]
    public async Task ManyRequests_OfOneCommand_ShareAConnection()
    {
        var connections = await CurlAsync($"{Http11} -w '%{{num_connects}}\\n' -o /dev/null", "/request?[1-20]");

        Assert.Equal(1, connections.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(line => int.Parse(line, CultureInfo.InvariantCulture)));
    }

    private async Task DownloadAsync(string version, string path)
    {
        var file = Path.Combine(fixture.Folder.FullName, Guid.NewGuid().ToString("N"));
        await CurlAsync($"{version} -o '{file}'", path);

        var stored = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.True(ContentBackend.File.AsSpan().SequenceEqual(stored));
    }

    private async Task<string> CurlAsync(string arguments, string path, string before = "")
    {
        var curl = Tool.Find("curl", "curl");
        var result = await Tool.ShellAsync($"set -o pipefail; {before}{curl} -sS --noproxy '*' --max-time 50 {arguments} '{fixture.Gateway.Uri}{path}'");
        Assert.True(result.ExitCode == 0, $"curl {arguments}: exit code {result.ExitCode}: {result.Error}");
        return result.Output;
    }
}

using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>nghttp and h2load, which are strict about HTTP/2 themselves.</summary>
public sealed partial class NghttpTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Nghttp_Get_IsAnswered()
    {
        var output = await RunAsync("nghttp", "-v", "/request");

        Assert.Contains(":status: 200", output, StringComparison.Ordinal);
        Assert.Contains("GET HTTP/1.1 127.0.0.1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("[ERROR]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nghttp_LargeDownload_IsWhole()
    {
        var file = Path.Combine(fixture.Folder.FullName, "nghttp");
        var result = await Tool.ShellAsync($"timeout 50 {Tool.Find("nghttp", "nghttp2-client")} '{fixture.Gateway.Uri}/file' > '{file}'");

        Assert.Equal(0, result.ExitCode);
        var stored = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.True(ContentBackend.File.AsSpan().SequenceEqual(stored), result.Error);
    }

    [Fact]
    public async Task Nghttp_UploadWithTrailers_IsWhole()
    {
        var output = await RunAsync("nghttp", $"-d '{fixture.UploadFile}' --trailer 'x-sum: 1'", "/upload");

        Assert.Equal(ContentBackend.Receipt(ContentBackend.File), output);
    }

    [Fact]
    public async Task Nghttp_PaddedFrames_AreTaken()
    {
        var output = await RunAsync("nghttp", $"-b 200 -d '{fixture.UploadFile}'", "/upload");

        Assert.Equal(ContentBackend.Receipt(ContentBackend.File), output);
    }

    [Theory]
    [InlineData("-n 4000 -c 8 -m 16")]
    [InlineData("-n 1000 -c 50 -m 1")]
    [InlineData("-n 2000 -c 2 -m 100 -w 10 -W 12")]
    [InlineData("-n 2000 -c 8 --h1")]
    public async Task H2load_Requests_AllSucceed(string load)
    {
        var output = await RunAsync("h2load", load, "/request");

        var counts = Counts().Match(output);
        Assert.True(counts.Success, output);
        Assert.Equal(counts.Groups["total"].Value, counts.Groups["succeeded"].Value);
        Assert.Equal("0", counts.Groups["failed"].Value);
        Assert.Contains("status codes: " + counts.Groups["total"].Value + " 2xx", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H2load_LargeDownloadsThroughSmallWindows_AllSucceed()
    {
        // Windows of 2^12 and 2^14 octets.
        var output = await RunAsync("h2load", "-n 8 -c 2 -m 4 -w 12 -W 14", "/stream");

        Assert.Contains("8 succeeded, 0 failed", output, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string program, string arguments, string path)
    {
        var result = await Tool.ShellAsync($"timeout 50 {Tool.Find(program, "nghttp2-client")} {arguments} '{fixture.Gateway.Uri}{path}'");
        Assert.True(result.ExitCode == 0, $"{program} {arguments}: exit code {result.ExitCode}: {result.Output} {result.Error}");
        return result.Output;
    }

    [GeneratedRegex("requests: (?<total>[0-9]+) total, .* (?<succeeded>[0-9]+) succeeded, (?<failed>[0-9]+) failed")]
    private static partial Regex Counts();
}

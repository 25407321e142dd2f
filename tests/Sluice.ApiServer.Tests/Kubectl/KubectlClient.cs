using System.Diagnostics;

namespace Sluice.ApiServer.Tests.Kubectl;

/// <summary>A real kubectl, without configuration, at one server.</summary>
internal sealed class KubectlClient(Uri server, params string[] options) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("sluice-kubectl-").FullName;

    /// <summary>More of the environment of every kubectl that is started from now on.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["KUBE_EDITOR"] = "false" };

    public void Dispose() => Directory.Delete(_home, recursive: true);

    /// <summary>A file with the text, for -f.</summary>
    public string FileOf(string text)
    {
        var file = Path.Combine(_home, $"{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, text);
        return file;
    }

    public async Task<string> OkAsync(params string[] arguments) => (await RunAsync(arguments)).Expect().Output;

    public async Task<KubectlResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new KubectlResult(process.ExitCode, await output, await error);
    }

    /// <summary>A kubectl that goes on, such as a watch. End it by <see cref="Process.Kill()"/>.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(KubectlProgram.Path, ["--server", server.GetLeftPart(UriPartial.Authority), "--cache-dir", Path.Combine(_home, "cache"), .. options, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = _home;
        start.Environment["KUBECONFIG"] = "/dev/null";
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

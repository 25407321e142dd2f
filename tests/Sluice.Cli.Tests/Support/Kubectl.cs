using System.Diagnostics;
using Sluice.ApiServer.Tests.Kubectl;

namespace Sluice.Cli.Tests.Support;

/// <summary>A real kubectl, without configuration, at one server.</summary>
internal sealed class Kubectl(Uri server, params string[] options) : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("sluice-kubectl-").FullName;

    /// <summary>KUBE_EDITOR.</summary>
    public string Editor { get; set; } = "false";

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

    /// <summary>A kubectl that goes on, such as a watch.</summary>
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
        start.Environment["KUBE_EDITOR"] = Editor;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

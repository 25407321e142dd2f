using System.Diagnostics;

namespace Sluice.Cli.Tests.Support;

/// <summary>Programs that tests use as real clients and backends.</summary>
internal static class Tool
{
    /// <summary>Fails, saying how to get it, when the program is not installed.</summary>
    public static string Find(string program, string package)
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin"))
        {
            var file = Path.Combine(folder, program);
            if (File.Exists(file))
                return file;
        }
        Assert.Fail($"{program} is not installed: apt-get install --no-install-recommends {package}");
        return "";
    }

    /// <summary>Runs a shell command to its end.</summary>
    public static async Task<ProcessResult> ShellAsync(string command, string input = "")
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(SluiceProcess.Patience);
        return new ProcessResult(process.ExitCode, await output, await error);
    }
}

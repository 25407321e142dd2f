using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Tests.Kubectl;

/// <summary>Where kubectl is: 1.30 or newer, on PATH or below artifacts/, where eng/install-test-packages puts it.</summary>
internal static class KubectlProgram
{
    private const int OldestMinor = 30;

    private const string HowToGet =
        "these tests need kubectl 1.30 or newer. Run eng/install-test-packages, which fetches it below artifacts/ where Debian's repositories can be reached; " +
        "or put kubectl on PATH; or name it in SLUICE_KUBECTL.";

    private static readonly Lazy<string> Found = new(Find);

    public static string Path => Found.Value;

    private static string Find()
    {
        var tried = new List<string>();
        foreach (var candidate in Candidates().Where(File.Exists))
        {
            if (MinorOf(candidate) is { } minor && minor >= OldestMinor)
                return candidate;
            tried.Add(candidate);
        }

        throw new InvalidOperationException(HowToGet + (tried.Count == 0 ? "" : $" Found, but too old or broken: {string.Join(", ", tried)}."));
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("SLUICE_KUBECTL") is { Length: > 0 } named)
            yield return named;
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            yield return System.IO.Path.Combine(folder, "kubectl");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return System.IO.Path.Combine(folder.FullName, "artifacts", "kubectl", "kubectl");
    }

    private static int? MinorOf(string file)
    {
        using var process = Process.Start(new ProcessStartInfo(file, ["version", "--client", "-o", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        try
        {
            var minor = JsonNode.Parse(output)?["clientVersion"]?["minor"]?.ToString().TrimEnd('+');
            return int.TryParse(minor, out var number) ? number : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

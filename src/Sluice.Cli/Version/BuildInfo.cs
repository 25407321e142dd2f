using System.Reflection;
using System.Runtime.InteropServices;

namespace Sluice.Cli.Version;

/// <summary>Commit is null for a build outside a git checkout.</summary>
internal sealed record BuildInfo(string Version, string? Commit, string Runtime, string Platform)
{
    public static BuildInfo Current { get; } = Read();

    private static BuildInfo Read()
    {
        // The SDK writes "1.2.3+commit" when it finds a repository.
        var text = typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var plus = text.IndexOf('+', StringComparison.Ordinal);
        return new BuildInfo(
            plus < 0 ? text : text[..plus],
            plus < 0 ? null : text[(plus + 1)..],
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier);
    }
}

namespace Sluice.Cli;

/// <summary>What every command ends with.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The input (manifests, an address, the answer of a running instance) is wrong.</summary>
    public const int InvalidInput = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int InvalidUsage = 2;
}

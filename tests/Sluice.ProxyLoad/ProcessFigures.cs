using System.Globalization;

namespace Sluice.ProxyLoad;

/// <summary>What a process costs, as /proc says.</summary>
/// <param name="ResidentBytes">All that is resident.</param>
/// <param name="PrivateBytes">What of it belongs to no file.</param>
/// <param name="CpuSeconds">User and system time since the start.</param>
internal sealed record ProcessFigures(long ResidentBytes, long PrivateBytes, double CpuSeconds)
{
    public static ProcessFigures OfThis()
    {
        long resident = 0, anonymous = 0;
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmRSS:", StringComparison.Ordinal))
                resident = Bytes(line);
            else if (line.StartsWith("RssAnon:", StringComparison.Ordinal))
                anonymous = Bytes(line);
        }

        return new ProcessFigures(resident, anonymous, Environment.CpuUsage.TotalTime.TotalSeconds);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"\"residentBytes\":{ResidentBytes},\"privateBytes\":{PrivateBytes},\"cpuSeconds\":{CpuSeconds:0.000}");

    private static long Bytes(string line) =>
        long.Parse(line.Split(':', 2)[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
}

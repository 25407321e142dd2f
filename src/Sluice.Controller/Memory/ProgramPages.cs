using System.Globalization;
using System.Runtime.InteropServices;

namespace Sluice.Controller.Memory;

/// <summary>
/// The pages of the program's own file and its libraries. A start runs through much code that is never needed again, and the kernel
/// counts it as ours until memory is short. Given back, what is needed after all comes again from the page cache.
/// </summary>
internal static partial class ProgramPages
{
    private const int DontNeed = 4; // MADV_DONTNEED, the same on every architecture of Linux but alpha.
    private const nint EntryType = 9; // AT_ENTRY, see getauxval(3).

    /// <summary>Gives back every page that cannot be anything but a copy of its file.</summary>
    public static void Release()
    {
        var entry = Entry(MemoryMarshal.Cast<byte, nint>(File.ReadAllBytes("/proc/self/auxv")));
        foreach (var (start, length) in Copies(File.ReadLines("/proc/self/maps"), entry))
            _ = madvise(start, length, DontNeed); // An advice: refused, it changes nothing.
    }

    /// <summary>
    /// Mappings that nobody can have written to: shared ones that are read only, and native code. Compiled methods are not among them,
    /// although they are mapped from the file too: the runtime puts addresses into them when it loads them.
    /// </summary>
    /// <param name="maps">Lines as in proc_pid_maps(5): "7f1c2a000000-7f1c2a021000 r-xp 00000000 08:01 1048602   /usr/lib/libssl.so.3".</param>
    /// <param name="entry">An address in the program's native code.</param>
    internal static IEnumerable<(nint Start, nint Length)> Copies(IEnumerable<string> maps, nint entry)
    {
        foreach (var line in maps)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [var range, ['r', '-', var executable, var sharing], _, _, _, ['/', ..] file, ..])
                continue;
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            var start = nint.Parse(range.AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var end = nint.Parse(range.AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var isNative = (start <= entry && entry < end) || file.Contains(".so", StringComparison.Ordinal);
            if (fields[^1] != "(deleted)" && (sharing == 's' || (executable == 'x' && isNative)))
                yield return (start, end - start);
        }
    }

    private static nint Entry(ReadOnlySpan<nint> auxiliary)
    {
        for (var i = 0; i + 1 < auxiliary.Length; i += 2)
        {
            if (auxiliary[i] == EntryType)
                return auxiliary[i + 1];
        }

        return 0;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int madvise(nint address, nint length, int advice);
}

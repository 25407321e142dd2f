using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tests.Support;

/// <summary>What the C headers of an architecture say, asked of a compiler: both are LP64, so that only the headers differ.</summary>
internal static class KernelHeaders
{
    private const string Arm64Headers = "/usr/aarch64-linux-gnu/include";

    private const string Includes =
        """
        #define _GNU_SOURCE
        #include <stddef.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <poll.h>
        #include <time.h>
        #include <netinet/in.h>
        #include <netinet/tcp.h>
        #include <sys/epoll.h>
        #include <sys/eventfd.h>
        #include <sys/inotify.h>
        #include <sys/ioctl.h>
        #include <sys/socket.h>
        #include <sys/stat.h>
        #include <linux/sockios.h>

        """;

    /// <param name="architecture">X64 or Arm64.</param>
    /// <param name="facts">Constant expressions of C that must hold, such as "sizeof(struct iovec) == 16".</param>
    public static async Task AssertAsync(Architecture architecture, IEnumerable<string> facts)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-headers-");
        try
        {
            var source = Path.Combine(folder.FullName, "facts.c");
            await File.WriteAllTextAsync(source, Includes + string.Concat(facts.Select(fact => $"_Static_assert({fact}, \"{fact}\");\n")), TestContext.Current.CancellationToken);
            var (exitCode, output) = await RunAsync("gcc", ["-fsyntax-only", .. await OptionsAsync(architecture), source]);
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> OptionsAsync(Architecture architecture)
    {
        if (architecture == Architecture.X64)
            return [];
        Assert.True(Directory.Exists(Arm64Headers), $"{Arm64Headers} does not exist: apt-get install --no-install-recommends libc6-dev-arm64-cross");
        var (_, own) = await RunAsync("gcc", ["-print-file-name=include"]);
        return ["-U__x86_64__", "-D__aarch64__", "-nostdinc", "-isystem", own.Trim(), "-isystem", Arm64Headers];
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}

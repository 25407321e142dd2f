using System.ComponentModel;
using System.Diagnostics;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>The openssl command, a client that can do what no library lets one do.</summary>
internal static class OpenSslTool
{
    /// <summary>What it printed, errors included.</summary>
    /// <param name="input">Its standard input, which ends after this.</param>
    /// <param name="arguments">Of the command.</param>
    public static async Task<string> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("this test needs the openssl command: eng/install-test-packages installs it");
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            try
            {
                await process.StandardInput.WriteAsync(input);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It has ended before it read everything.
            }

            try
            {
                await Task.WhenAll(output, errors, process.WaitForExitAsync()).Within("the openssl command");
            }
            catch
            {
                process.Kill();
                throw;
            }

            return await output + await errors;
        }
    }
}

using System.Net;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Runtime;

/// <summary>Why an address and port cannot be had, for people.</summary>
internal static class PortError
{
    public static string Describe(int errno, IPEndPoint endPoint) => errno switch
    {
        LinuxConstants.EADDRINUSE => $"port {endPoint.Port} of {endPoint.Address} is taken by another program",
        LinuxConstants.EACCES => $"port {endPoint.Port} needs a privilege that this process does not have",
        LinuxConstants.EADDRNOTAVAIL => $"{endPoint.Address} is no address of this machine",
        LinuxConstants.EMFILE or LinuxConstants.ENFILE => "no file descriptor is left (raise the limit of open files)",
        _ => $"cannot listen on {endPoint} (errno {errno})",
    };
}

using System.Text.Json;
using Sluice.Controller.Reports;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Admin;

/// <summary>What the admin endpoint answers when it cannot answer.</summary>
public sealed record AdminError(string Error)
{
    internal static LocalResponse Response(int status, string message) =>
        new(status, "application/json", JsonSerializer.SerializeToUtf8Bytes(new AdminError(message), ReportJson.Default.AdminError));
}

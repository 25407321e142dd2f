using System.Globalization;

namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>Names of gRPC's statuses, in both the spellings that are common.</summary>
public static class GrpcStatusNames
{
    /// <summary>By number, as in DeadlineExceeded.</summary>
    public static IReadOnlyList<string> Camel { get; } =
    [
        "OK", "Canceled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists", "PermissionDenied", "ResourceExhausted",
        "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented", "Internal", "Unavailable", "DataLoss", "Unauthenticated",
    ];

    /// <summary>By number, as in DEADLINE_EXCEEDED.</summary>
    public static IReadOnlyList<string> Snake { get; } =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    /// <summary>A number or a name; Envoy writes CANCELED.</summary>
    public static bool TryRead(string text, out int status)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status))
            return status < Snake.Count;
        status = text == "CANCELED" ? 1 : -1;
        for (var i = 0; status < 0 && i < Snake.Count; i++)
        {
            if (text == Snake[i] || text == Camel[i])
                status = i;
        }

        return status >= 0;
    }
}

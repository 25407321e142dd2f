namespace Sluice.Proxy.Grpc;

/// <summary>The field grpc-timeout: one to eight digits and a unit, H, M, S, m, u or n (gRPC over HTTP/2, "Timeout").</summary>
internal static class GrpcTimeout
{
    private const int MaxDigits = 8;

    /// <summary>In milliseconds, rounded up, at least 1. False for what is no timeout: the backend may judge it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out long milliseconds)
    {
        milliseconds = 0;
        if (value.Length is < 2 or > MaxDigits + 1)
            return false;
        long number = 0;
        foreach (var digit in value[..^1])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        switch (value[^1])
        {
            case (byte)'H':
                milliseconds = number * 3_600_000;
                break;
            case (byte)'M':
                milliseconds = number * 60_000;
                break;
            case (byte)'S':
                milliseconds = number * 1000;
                break;
            case (byte)'m':
                milliseconds = number;
                break;
            case (byte)'u':
                milliseconds = (number + 999) / 1000;
                break;
            case (byte)'n':
                milliseconds = (number + 999_999) / 1_000_000;
                break;
            default:
                return false;
        }

        milliseconds = Math.Max(1, milliseconds);
        return true;
    }
}

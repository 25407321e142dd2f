namespace Sluice.Translation.Support;

/// <summary>How far a field is supported.</summary>
public enum SupportLevel
{
    /// <summary>It does what the API says.</summary>
    Supported,

    /// <summary>An object that uses it gets a condition that says so, and what needs it is not served.</summary>
    Refused,

    /// <summary>It is read and checked, and changes nothing.</summary>
    WithoutEffect,

    /// <summary>It is read and checked, and does not do yet what the API says.</summary>
    NotSupported,
}

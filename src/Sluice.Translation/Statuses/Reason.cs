namespace Sluice.Translation.Statuses;

/// <summary>Condition reasons of the Gateway API, as they stand in status.</summary>
internal static class Reason
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string NoConflicts = "NoConflicts";
    public const string Pending = "Pending";
    public const string Invalid = "Invalid";

    public const string ListenersNotValid = "ListenersNotValid";
    public const string InvalidParameters = "InvalidParameters";
    public const string UnsupportedAddress = "UnsupportedAddress";
    public const string AddressNotUsable = "AddressNotUsable";
    public const string AddressNotAssigned = "AddressNotAssigned";

    public const string UnsupportedProtocol = "UnsupportedProtocol";
    public const string UnsupportedValue = "UnsupportedValue";
    public const string PortUnavailable = "PortUnavailable";
    public const string HostnameConflict = "HostnameConflict";
    public const string ProtocolConflict = "ProtocolConflict";
    public const string InvalidRouteKinds = "InvalidRouteKinds";
    public const string InvalidCertificateRef = "InvalidCertificateRef";
    public const string InvalidClientCertificateRef = "InvalidClientCertificateRef";
    public const string InvalidCACertificateKind = "InvalidCACertificateKind";
    public const string ConfigurationChanged = "ConfigurationChanged";
    public const string RefNotPermitted = "RefNotPermitted";

    public const string NotAllowed = "NotAllowed";
    public const string ParentNotAccepted = "ParentNotAccepted";

    public const string NoMatchingParent = "NoMatchingParent";
    public const string NotAllowedByListeners = "NotAllowedByListeners";
    public const string NoMatchingListenerHostname = "NoMatchingListenerHostname";
    public const string IncompatibleFilters = "IncompatibleFilters";
    public const string InvalidKind = "InvalidKind";
    public const string BackendNotFound = "BackendNotFound";

    public const string Valid = "Valid";
    public const string PartiallyValid = "PartiallyValid";
    public const string Attached = "Attached";
    public const string Merged = "Merged";
    public const string Overridden = "Overridden";
    public const string Conflicted = "Conflicted";
    public const string TargetNotFound = "TargetNotFound";
    public const string NoValidCACertificate = "NoValidCACertificate";
    public const string InvalidCACertificateRef = "InvalidCACertificateRef";
}

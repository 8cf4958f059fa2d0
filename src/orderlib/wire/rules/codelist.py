"""Code lists that rules refer to, as sets of codes; facts of the standards, the names left out.

As published with Peppol BIS Ordering 3, May 2025. Currencies stand in `orderlib.values.currency`.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ALLOWANCE_REASONS",
    "CHANGE_ACTIONS",
    "CHARGE_REASONS",
    "COUNTRIES",
    "EAS",
    "ICD",
    "INDICATORS",
    "ITEM_TYPES",
    "LINE_ACTIONS",
    "MIME_CODES",
    "ORDER_RESPONSES",
    "ORDER_TYPES",
    "TAX_CATEGORIES",
    "VAT_PREFIXES",
]


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES: Final = _codes(
    """
    1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM
    FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN
    MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT
    PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
    TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW
    """
)
"""ISO 3166-1 alpha-2, with 1A (Kosovo) and XI (Northern Ireland)."""

VAT_PREFIXES: Final = COUNTRIES | {"AN", "EL"}
"""Prefixes of VAT numbers: ISO 3166-1, EL for Greece, and AN, which the standard still lists."""

ALLOWANCE_REASONS: Final = _codes("41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105")
"""UNCL 5189 D.16B, the subset for allowances."""

CHARGE_REASONS: Final = _codes(
    """
    AA AAA AAC AAD AAE AAF AAH AAI AAS AAT AAV AAY AAZ ABA ABB ABC ABD ABF ABK ABL ABN ABR ABS ABT ABU ACF ACG ACH
    ACI ACJ ACK ACL ACM ACS ADC ADE ADJ ADK ADL ADM ADN ADO ADP ADQ ADR ADT ADW ADY ADZ AEA AEB AEC AED AEF AEH
    AEI AEJ AEK AEL AEM AEN AEO AEP AES AET AEU AEV AEW AEX AEY AEZ AJ AU CA CAB CAD CAE CAF CAI CAJ CAK CAL CAM
    CAN CAO CAP CAQ CAR CAS CAT CAU CAV CAW CD CG CS CT DAB DAD DL EG EP ER FAA FAB FAC FC FH FI GAA HAA HD HH IAA
    IAB ID IF IR IS KO L1 LA LAA LAB LF MAE MI ML NAA OA PA PAA PC PL RAB RAC RAD RAF RE RF RH RV SA SAA SAD SAE
    SAI SG SH SM SU TAB TAC TT TV V1 V2 WH XAA YY ZZZ
    """
)
"""UNCL 7161 D.16B, reasons of charges."""

EAS: Final = _codes(
    """
    0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183 0184 0188 0190
    0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210 0211 0212 0213 0215 0216
    0217 0218 0221 0225 0230 0235 0240 9910 9913 9914 9915 9918 9919 9920 9922 9923 9924 9925 9926 9927 9928 9929
    9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942 9943 9944 9945 9946 9947 9948 9949 9950 9951
    9952 9953 9957 9959
    """
)
"""Electronic address schemes."""

ICD: Final = frozenset(f"{number:04}" for number in range(2, 241)) - {"0092", "0103", "0181", "0182"}
"""ISO 6523 international code designators."""

ORDER_TYPES: Final = _codes("105 220 221 226 227 402")
"""UNCL 1001, the subset for orders."""

ORDER_RESPONSES: Final = _codes("AB AP RE CA")
"""UNCL 4343: acknowledged, accepted, rejected, conditionally accepted."""

LINE_ACTIONS: Final = _codes("1 3 5 7 42")
"""UNCL 1229, the subset for lines of a response: added, changed, accepted, not accepted, already delivered."""

CHANGE_ACTIONS: Final = _codes("1 2 3 4 74")
"""UNCL 1229, the subset for lines of an order change."""

TAX_CATEGORIES: Final = _codes("AE E S Z G O K L M B")
"""UNCL 5305 D.16B, the subset of tax categories."""

ITEM_TYPES: Final = _codes(
    """
    AA AB AC AD AE AF AG AH AI AJ AK AL AM AN AO AP AQ AR AS AT AU AV AW AX AY AZ BA BB BC BD BE BF BG BH BI BJ BK
    BL BM BN BO BP BQ BR BS BT BU BV BW BX BY BZ CC CG CL CR CV DR DW EC EF EMD EN FS GB GMN GN GS HS IB IN IS IT
    IZ MA MF MN MP NB ON PD PL PO PV QS RC RN RU RY SA SG SK SN SRS SRT SRU SRV SRW SRX SRY SRZ SS SSA SSB SSC SSD
    SSE SSF SSG SSH SSI SSJ SSK SSL SSM SSN SSO SSP SSQ SSR SSS SST SSU SSV SSW SSX SSY SSZ ST STA STB STC STD STE
    STF STG STH STI STJ STK STL STM STN STO STP STQ STR STS STT STU STV STW STX STY STZ SUA SUB SUC SUD SUE SUF
    SUG SUH SUI SUJ SUK SUL SUM TG TSN TSO TSP TSQ TSR TSS TST TSU UA UP VN VP VS VX ZZZ PPI
    """
)
"""UNCL 7143, schemes that classify items."""

MIME_CODES: Final = _codes(
    """
    application/pdf image/png image/jpeg image/tiff application/acad application/dwg drawing/dwg
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
    application/vnd.oasis.opendocument.spreadsheet
    """
)
"""IANA media types that may be attached."""

INDICATORS: Final = _codes("true false")
"""An indicator is written out."""

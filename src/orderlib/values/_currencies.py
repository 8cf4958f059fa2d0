"""ISO 4217 as data: alphabetic code, numeric code, minor unit and name, and what was withdrawn when.

Source: ISO 4217 lists one and three as published by the maintenance agency, amendments up to January 2026.
"""

from __future__ import annotations

from typing import Final

__all__ = ["ACTIVE", "WITHDRAWN"]

ACTIVE: Final = """\
AED 784 2 UAE Dirham
AFN 971 2 Afghani
ALL 008 2 Lek
AMD 051 2 Armenian Dram
AOA 973 2 Kwanza
ARS 032 2 Argentine Peso
AUD 036 2 Australian Dollar
AWG 533 2 Aruban Florin
AZN 944 2 Azerbaijan Manat
BAM 977 2 Convertible Mark
BBD 052 2 Barbados Dollar
BDT 050 2 Taka
BHD 048 3 Bahraini Dinar
BIF 108 0 Burundi Franc
BMD 060 2 Bermudian Dollar
BND 096 2 Brunei Dollar
BOB 068 2 Boliviano
BOV 984 2 Mvdol
BRL 986 2 Brazilian Real
BSD 044 2 Bahamian Dollar
BTN 064 2 Ngultrum
BWP 072 2 Pula
BYN 933 2 Belarusian Ruble
BZD 084 2 Belize Dollar
CAD 124 2 Canadian Dollar
CDF 976 2 Congolese Franc
CHE 947 2 WIR Euro
CHF 756 2 Swiss Franc
CHW 948 2 WIR Franc
CLF 990 4 Unidad de Fomento
CLP 152 0 Chilean Peso
CNY 156 2 Yuan Renminbi
COP 170 2 Colombian Peso
COU 970 2 Unidad de Valor Real
CRC 188 2 Costa Rican Colon
CUP 192 2 Cuban Peso
CVE 132 2 Cabo Verde Escudo
CZK 203 2 Czech Koruna
DJF 262 0 Djibouti Franc
DKK 208 2 Danish Krone
DOP 214 2 Dominican Peso
DZD 012 2 Algerian Dinar
EGP 818 2 Egyptian Pound
ERN 232 2 Nakfa
ETB 230 2 Ethiopian Birr
EUR 978 2 Euro
FJD 242 2 Fiji Dollar
FKP 238 2 Falkland Islands Pound
GBP 826 2 Pound Sterling
GEL 981 2 Lari
GHS 936 2 Ghana Cedi
GIP 292 2 Gibraltar Pound
GMD 270 2 Dalasi
GNF 324 0 Guinean Franc
GTQ 320 2 Quetzal
GYD 328 2 Guyana Dollar
HKD 344 2 Hong Kong Dollar
HNL 340 2 Lempira
HTG 332 2 Gourde
HUF 348 2 Forint
IDR 360 2 Rupiah
ILS 376 2 New Israeli Sheqel
INR 356 2 Indian Rupee
IQD 368 3 Iraqi Dinar
IRR 364 2 Iranian Rial
ISK 352 0 Iceland Krona
JMD 388 2 Jamaican Dollar
JOD 400 3 Jordanian Dinar
JPY 392 0 Yen
KES 404 2 Kenyan Shilling
KGS 417 2 Som
KHR 116 2 Riel
KMF 174 0 Comorian Franc
KPW 408 2 North Korean Won
KRW 410 0 Won
KWD 414 3 Kuwaiti Dinar
KYD 136 2 Cayman Islands Dollar
KZT 398 2 Tenge
LAK 418 2 Lao Kip
LBP 422 2 Lebanese Pound
LKR 144 2 Sri Lanka Rupee
LRD 430 2 Liberian Dollar
LSL 426 2 Loti
LYD 434 3 Libyan Dinar
MAD 504 2 Moroccan Dirham
MDL 498 2 Moldovan Leu
MGA 969 2 Malagasy Ariary
MKD 807 2 Denar
MMK 104 2 Kyat
MNT 496 2 Tugrik
MOP 446 2 Pataca
MRU 929 2 Ouguiya
MUR 480 2 Mauritius Rupee
MVR 462 2 Rufiyaa
MWK 454 2 Malawi Kwacha
MXN 484 2 Mexican Peso
MXV 979 2 Mexican Unidad de Inversion (UDI)
MYR 458 2 Malaysian Ringgit
MZN 943 2 Mozambique Metical
NAD 516 2 Namibia Dollar
NGN 566 2 Naira
NIO 558 2 Cordoba Oro
NOK 578 2 Norwegian Krone
NPR 524 2 Nepalese Rupee
NZD 554 2 New Zealand Dollar
OMR 512 3 Rial Omani
PAB 590 2 Balboa
PEN 604 2 Sol
PGK 598 2 Kina
PHP 608 2 Philippine Peso
PKR 586 2 Pakistan Rupee
PLN 985 2 Zloty
PYG 600 0 Guarani
QAR 634 2 Qatari Rial
RON 946 2 Romanian Leu
RSD 941 2 Serbian Dinar
RUB 643 2 Russian Ruble
RWF 646 0 Rwanda Franc
SAR 682 2 Saudi Riyal
SBD 090 2 Solomon Islands Dollar
SCR 690 2 Seychelles Rupee
SDG 938 2 Sudanese Pound
SEK 752 2 Swedish Krona
SGD 702 2 Singapore Dollar
SHP 654 2 Saint Helena Pound
SLE 925 2 Leone
SOS 706 2 Somali Shilling
SRD 968 2 Surinam Dollar
SSP 728 2 South Sudanese Pound
STN 930 2 Dobra
SVC 222 2 El Salvador Colon
SYP 760 2 Syrian Pound
SZL 748 2 Lilangeni
THB 764 2 Baht
TJS 972 2 Somoni
TMT 934 2 Turkmenistan New Manat
TND 788 3 Tunisian Dinar
TOP 776 2 Pa’anga
TRY 949 2 Turkish Lira
TTD 780 2 Trinidad and Tobago Dollar
TWD 901 2 New Taiwan Dollar
TZS 834 2 Tanzanian Shilling
UAH 980 2 Hryvnia
UGX 800 0 Uganda Shilling
USD 840 2 US Dollar
USN 997 2 US Dollar (Next day)
UYI 940 0 Uruguay Peso en Unidades Indexadas (UI)
UYU 858 2 Peso Uruguayo
UYW 927 4 Unidad Previsional
UZS 860 2 Uzbekistan Sum
VED 926 2 Bolívar Soberano
VES 928 2 Bolívar Soberano
VND 704 0 Dong
VUV 548 0 Vatu
WST 882 2 Tala
XAD 396 2 Arab Accounting Dinar
XAF 950 0 CFA Franc BEAC
XAG 961 - Silver
XAU 959 - Gold
XBA 955 - Bond Markets Unit European Composite Unit (EURCO)
XBB 956 - Bond Markets Unit European Monetary Unit (E.M.U.-6)
XBC 957 - Bond Markets Unit European Unit of Account 9 (E.U.A.-9)
XBD 958 - Bond Markets Unit European Unit of Account 17 (E.U.A.-17)
XCD 951 2 East Caribbean Dollar
XCG 532 2 Caribbean Guilder
XDR 960 - SDR (Special Drawing Right)
XOF 952 0 CFA Franc BCEAO
XPD 964 - Palladium
XPF 953 0 CFP Franc
XPT 962 - Platinum
XSU 994 - Sucre
XTS 963 - Codes specifically reserved for testing purposes
XUA 965 - ADB Unit of Account
XXX 999 - The codes assigned for transactions where no currency is involved
YER 886 2 Yemeni Rial
ZAR 710 2 Rand
ZMW 967 2 Zambian Kwacha
ZWG 924 2 Zimbabwe Gold
"""
"""One currency a line; the minor unit is `-` where ISO 4217 gives none."""

WITHDRAWN: Final = """\
ADP 2003-07, AFA 2003-01, ALK 1989-12, ANG 2025-03, AOK 1991-03, AON 2000-02, AOR 2000-02, ARA 1992-01, ARP 1985-07
ARY 1990, ATS 2002-03, AYM 2005-10, AZM 2005-12, BAD 1998-07, BEC 1990-03, BEF 2002-03, BEL 1990-03, BGJ 1990
BGK 1990, BGL 2003-11, BGN 2026-01, BOP 1987-02, BRB 1986-03, BRC 1989-02, BRE 1993-03, BRN 1990-03, BRR 1994-07
BUK 1990-02, BYB 2001-01, BYR 2017-01, CHC 2004-11, CSD 2006-10, CSJ 1990, CSK 1993-03, CUC 2021-06, CYP 2008-01
DDM 1990-09, DEM 2002-03, ECS 2000-09, ECV 2000-09, EEK 2011-01, ESA 1981, ESB 1994-12, ESP 2002-03, FIM 2002-03
FRF 2002-03, GEK 1995-10, GHC 2008-01, GHP 2007-06, GNE 1989-12, GNS 1986-02, GQE 1986-06, GRD 2002-03, GWE 1981
GWP 1997-05, HRD 1995-01, HRK 2023-01, IEP 2002-03, ILP 1981, ILR 1990, ISJ 1990, ITL 2002-03, LAJ 1979-12
LSM 1985-05, LTL 2014-12, LTT 1993-07, LUC 1990-03, LUF 2002-03, LUL 1990-03, LVL 2014-01, LVR 1994-12, MGF 2004-12
MLF 1984-11, MRO 2017-12, MTL 2008-01, MTP 1983-06, MVQ 1989-12, MXP 1993-01, MZE 1981, MZM 2006-06, NIC 1990-10
NLG 2002-03, PEH 1990, PEI 1991-07, PES 1986-02, PLZ 1997-01, PTE 2002-03, RHD 1981, ROK 1990, ROL 2005-06
RUR 2004-01, SDD 2007-07, SDP 1998-06, SIT 2007-01, SKK 2009-01, SLL 2023-12, SRG 2003-12, STD 2017-12, SUR 1990-12
TJR 2001-04, TMM 2009-01, TPE 2002-11, TRL 2005-12, UAK 1996-09, UGS 1987-05, UGW 1990, USS 2014-03, UYN 1989-12
UYP 1993-03, VEB 2008-01, VEF 2018-08, VNC 1990, XEU 1999-01, XFO 2006-10, XFU 2013-11, XRE 1999-11, YDD 1991-09
YUD 1990-01, YUM 2003-07, YUN 1995-11, ZAL 1995-03, ZMK 2012-12, ZRN 1999-06, ZRZ 1994-02, ZWC 1989-12, ZWD 2008-08
ZWL 2024-09, ZWN 2006-09, ZWR 2009-06
"""
"""Code and the month, or year, in which its last use ended."""
